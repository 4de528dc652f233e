import { useMemo } from 'react'
import { TenantContext, useTenant } from '../../app/tenant-context.ts'
import { useView } from '../../app/use-view.ts'
import { useScope, useViewer } from '../../app/viewer-context.ts'
import { useRead } from '../../graphql/use-read.ts'
import { Card } from '../../ui/card.tsx'
import { DownloadButton } from '../../ui/download-button.tsx'
import { formatCount } from '../../ui/format.ts'
import { Page as Frame } from '../../ui/page.tsx'
import { Empty, Shown } from '../../ui/states.tsx'
import { Time } from '../../ui/time.tsx'
import { Controls } from './controls.tsx'
import { ExploreChart } from './explore-chart.tsx'
import { exploreCsv } from './explore-csv.ts'
import { USAGE_GROUPS, type UsageGroupsQuery } from './explore-groups.operations.ts'
import { ExploreTable } from './explore-table.tsx'
import { exploreVariables } from './explore-variables.ts'
import { type ExploreLimits, type ExploreView, MEASURES, readExploreView } from './explore-view.ts'
import { orderOf } from './measure.ts'
import { QueryDialog } from './query-dialog.tsx'

/** Usage by any combination of dimensions and filters, over any range. */
export function Page() {
  const { kind } = useViewer()
  const tenant = useTenant()
  const showsCosts = useScope('costs:read')
  const limits: ExploreLimits = {
    timeZone: tenant.timeZone,
    showsCosts,
    showsTenants: kind === 'OPERATOR' && tenant.tenantId === undefined,
  }
  const [view, change] = useView(search => readExploreView(search, limits))
  const variables = exploreVariables(view, tenant.tenantId, showsCosts)
  const read = useRead(USAGE_GROUPS, variables.groups)
  const { timeZone } = view
  const shown = useMemo(() => ({ ...tenant, timeZone }), [tenant, timeZone])

  return (
    <Frame
      title="Explore"
      about="Usage by any combination of dimensions. The address holds the whole view: share it."
      actions={<QueryDialog {...{ view, variables }} />}
    >
      <Card>
        <Controls view={view} limits={limits} onChange={change} />
      </Card>
      {/* Days and times are those of the zone that was chosen, not those of the tenant. */}
      <TenantContext value={shown}>
        <Shown read={read} lines={12}>
          {({ usage }) =>
            usage.totals.calls === 0 ? (
              <Card>
                <Empty title="There is no usage in this view.">Choose a longer period, or remove a filter.</Empty>
              </Card>
            ) : (
              // While another view is on its way, the one before is shown: not as the other one.
              <div aria-busy={read.isLoading} className={`flex flex-col gap-4 ${read.isLoading ? 'opacity-60' : ''}`}>
                <Card title={chartTitle(view)}>
                  <ExploreChart view={view} variables={variables} currency={usage.totals.currency} />
                </Card>
                <Card
                  title={tableTitle(view, usage, showsCosts)}
                  actions={
                    <DownloadButton
                      label="Download CSV"
                      fileName={`usage-${usage.from.slice(0, 10)}.csv`}
                      isDisabled={read.isLoading}
                      makeText={() => exploreCsv({ usage, view, limits })}
                    />
                  }
                >
                  <p className="mb-2 text-muted">
                    From <Time at={usage.from} /> to <Time at={usage.to} />, {timeZone}.{' '}
                    {usage.totals.unpricedCalls > 0 && `${formatCount(usage.totals.unpricedCalls)} calls have no price, so their cost is not in the sums.`}
                  </p>
                  <ExploreTable usage={usage} view={view} limits={limits} />
                </Card>
              </div>
            )
          }
        </Shown>
      </TenantContext>
    </Frame>
  )
}

function labelOf({ measure }: ExploreView): string {
  return MEASURES.find(({ value }) => value === measure)?.label ?? measure
}

function chartTitle(view: ExploreView): string {
  return `${labelOf(view)} over time${view.isCompared ? ', against the period before' : ''}`
}

function tableTitle(view: ExploreView, { groups }: UsageGroupsQuery['usage'], showsCosts: boolean): string {
  if (groups === undefined) return 'Total'
  const shown = groups.groups.length
  const order = orderOf(view.measure, showsCosts).toLowerCase()
  return shown === groups.groupCount ? `All ${formatCount(shown)}, by ${order}` : `Top ${formatCount(shown)} of ${formatCount(groups.groupCount)}, by ${order}`
}
