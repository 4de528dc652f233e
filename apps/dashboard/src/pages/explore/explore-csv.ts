import { csvOf } from '../../ui/csv.ts'
import type { UsageGroupsQuery } from './explore-groups.operations.ts'
import { exploreRows, shareOf } from './explore-rows.ts'
import { DIMENSIONS, type ExploreLimits, type ExploreView, measuresFor } from './explore-view.ts'
import { exactOf } from './measure.ts'

/** Returns the table as CSV: exact values, without signs of currencies or thousands. */
export function exploreCsv({ usage, view, limits }: { usage: UsageGroupsQuery['usage']; view: ExploreView; limits: ExploreLimits }): string {
  const { by, measure, isCompared } = view
  const measures = measuresFor(limits)
  const { currency } = usage.totals
  const unitOf = (name: string) => (name === 'COST' || name === 'CHARGE' ? ` (${currency})` : name === 'LATENCY_P95' ? ' (ms)' : '')
  const header = [
    'Row',
    ...by.map(dimension => DIMENSIONS.find(({ value }) => value === dimension)?.label ?? dimension),
    ...measures.map(({ value, label }) => `${label}${unitOf(value)}`),
    `Share of ${measure.toLowerCase()}`,
    ...(isCompared ? [`${measure.toLowerCase()} before`] : []),
  ]
  const rows = exploreRows(usage).map(row => [
    row.kind,
    ...by.map((_dimension, at) => row.values[at]?.value ?? ''),
    ...measures.map(({ value }) => exactOf(row.measures, value)),
    shareOf(row, usage.totals, measure) ?? '',
    ...(isCompared ? [row.before === undefined ? '' : row.before === null ? 0 : exactOf(row.before, measure)] : []),
  ])
  return csvOf([header, ...rows])
}
