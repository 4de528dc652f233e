import { type Period, type Scope, splitPeriod, timeZone } from '@tollgate/kernel'
import type { Dimension } from './dimension.ts'
import { NO_USAGE } from './measures.ts'
import { checkDimensions, checkFilter, checkFirst, checkPeriods, checkPoints, checkRange } from './report-input.ts'
import type { UsageGroup, UsageReport } from './usage.ts'
import type { CostBasis, MeasuredGroup, UsageFilter, UsageStore } from './usage-store.ts'

/** What a report is about. Throws `InvalidInput` for a range or a filter that cannot be. */
export function usageReport(store: UsageStore, scope: Scope, request: { range: Period; filter?: UsageFilter | undefined; costs?: CostBasis }): UsageReport {
  const range = checkRange(request.range)
  const about = { filter: checkFilter(request.filter), costs: request.costs ?? 'corrected' }
  return {
    async totals({ latency = false } = {}) {
      const [totals] = await store.measure(scope, { buckets: [range], ...about, latency })
      return totals?.measures ?? NO_USAGE
    },

    async series({ granularity, timeZone: zone, latency = false }) {
      const buckets = checkPoints(splitPeriod(range, granularity, timeZone(zone)))
      const measured = await store.measure(scope, { buckets, ...about, latency })
      const byBucket = new Map(measured.map(({ bucket, measures }) => [bucket, measures]))
      return buckets.map(({ from }, bucket) => ({ start: from, measures: byBucket.get(bucket) ?? NO_USAGE }))
    },

    async breakdown({ by, orderBy = 'cost', first, latency = false }) {
      const groups = await store.measure(scope, { buckets: [range], ...about, by: checkDimensions(by), orderBy, limit: checkFirst(first), latency })
      return groups.map(group => usageGroup(by, group))
    },

    async breakdowns({ periods, by, orderBy = 'cost', first }) {
      const buckets = checkPeriods(periods, range)
      const groups = await store.measure(scope, { buckets, ...about, by: checkDimensions(by), orderBy, limit: checkFirst(first) })
      const byBucket = Map.groupBy(groups, ({ bucket }) => bucket)
      return buckets.map((_, bucket) => (byBucket.get(bucket) ?? []).map(group => usageGroup(by, group)))
    },
  }
}

/** A group with the names of its dimensions beside the values. */
export function usageGroup(by: readonly Dimension[], { key, measures }: MeasuredGroup): UsageGroup {
  return { key: by.map((dimension, i) => ({ dimension, value: key[i] ?? null })), measures }
}
