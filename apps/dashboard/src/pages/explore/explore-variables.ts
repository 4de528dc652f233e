import { filterInput } from '../../usage-view/usage-filter.ts'
import { rangeVariables } from '../../usage-view/usage-range.ts'
import type { UsageGroupsQueryVariables } from './explore-groups.operations.ts'
import type { UsageSeriesQueryVariables } from './explore-series.operations.ts'
import type { UsageTotalsQueryVariables } from './explore-totals.operations.ts'
import type { ExploreView } from './explore-view.ts'
import { orderOf } from './measure.ts'

/** The variables of the queries behind a view. */
export interface ExploreVariables {
  readonly groups: UsageGroupsQueryVariables
  readonly series: UsageSeriesQueryVariables
  readonly totals: UsageTotalsQueryVariables
}

/** Returns the variables of the queries behind a view. */
export function exploreVariables(view: ExploreView, tenantId: string | undefined, showsCosts: boolean): ExploreVariables {
  const { range, timeZone, conditions, by, granularity, isCompared, measure, top } = view
  const shared = { tenantId: tenantId ?? null, ...rangeVariables(range, timeZone), timeZone, filter: filterInput(conditions) }
  const orderBy = orderOf(measure, showsCosts)
  return {
    groups: { ...shared, by, isGrouped: by.length > 0, orderBy, first: top, isCompared },
    series: { ...shared, granularity, by, orderBy },
    totals: { ...shared, granularity, isCompared },
  }
}
