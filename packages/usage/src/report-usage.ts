import { checkPageSize, type Scope, splitPeriod, timeZone, ZERO } from '@tollgate/kernel'
import { checkShape, inputShape, type RangeInput } from '@tollgate/kernel/input'
import { checkDimensions, checkFilter, checkPeriods, checkPoints, checkRange, checkSummed, PAGE_SIZES } from './engine/check-report.ts'
import { orderValue } from './engine/order-value.ts'
import type { Dimension } from './model/dimension.ts'
import { NO_USAGE } from './model/measures.ts'
import type { FilterInput } from './model/usage-filter.ts'
import type { CostBasis, MeasuredGroup, UsageStore } from './usage-store.ts'
import type { UsageGroup, UsageReport } from './usage.ts'

const REPORT = inputShape<{ range: RangeInput; filter?: FilterInput | undefined; costs?: CostBasis }>({ range: 'object', filter: 'object?', costs: 'text?' })

/** Creates a report. Throws `InvalidInput` for an invalid range or filter. */
export function reportUsage(store: UsageStore, scope: Scope, request: { range: RangeInput; filter?: FilterInput | undefined; costs?: CostBasis }): UsageReport {
  checkShape(REPORT, request)
  const range = checkRange(request.range)
  const query = { filter: checkFilter(request.filter, range), costs: request.costs ?? 'corrected' }
  return {
    async totals({ latency = false, details = true, customers = true } = {}) {
      const [totals] = await store.measure(scope, { buckets: [range], ...query, latency, details, customers })
      return totals?.measures ?? NO_USAGE
    },

    async series({ granularity, timeZone: zone, latency = false, details = true, customers = true }) {
      const buckets = checkPoints(splitPeriod(range, granularity, timeZone(zone)))
      const measured = await store.measure(scope, { buckets, ...query, latency, details, customers })
      const byBucket = new Map(measured.map(({ bucket, measures }) => [bucket, measures]))
      return buckets.map(({ from }, bucket) => ({ start: from, measures: byBucket.get(bucket) ?? NO_USAGE }))
    },

    async breakdown({ by, orderBy = 'cost', first, latency = false, details = true, customers = true }) {
      const groups = await store.measure(scope, {
        buckets: [range],
        ...query,
        by: checkDimensions(by),
        orderBy,
        limit: checkPageSize(first, PAGE_SIZES),
        latency,
        details,
        customers,
      })
      return groups.map(group => usageGroup(by, group))
    },

    async groups({ by, orderBy = 'cost', first, latency = false, details = true, customers = true }) {
      const keep = checkPageSize(first, PAGE_SIZES)
      const measured = await store.measure(scope, {
        buckets: [range],
        ...query,
        by: checkDimensions(by),
        orderBy: checkSummed(orderBy),
        keep,
        latency,
        details,
        customers,
      })
      const groups = measured.filter(({ key }) => key.length > 0).map(group => usageGroup(by, group))
      return { groups, other: measured.find(({ key }) => key.length === 0)?.measures ?? null, groupCount: measured[0]?.groupCount ?? 0 }
    },

    async groupedSeries({ granularity, timeZone: zone, by, orderBy = 'cost', first, latency = false, details = true, customers = true }) {
      const buckets = checkPoints(splitPeriod(range, granularity, timeZone(zone)))
      const order = checkSummed(orderBy)
      const keep = checkPageSize(first, PAGE_SIZES)
      const measured = await store.measure(scope, { buckets, ...query, by: checkDimensions(by), orderBy: order, keep, latency, details, customers })
      const byKey = [...Map.groupBy(measured, ({ key }) => JSON.stringify(key)).values()]
      const [others = [], kept = []] = [true, false].map(other => byKey.filter(([group]) => (group?.key.length === 0) === other))
      const total = (groups: readonly MeasuredGroup[]) => groups.reduce((sum, { measures }) => sum.plus(orderValue(measures, order)), ZERO)
      const pointsOf = (groups: readonly MeasuredGroup[]) => {
        const ofBucket = new Map(groups.map(({ bucket, measures }) => [bucket, measures]))
        return buckets.map(({ from }, bucket) => ({ start: from, measures: ofBucket.get(bucket) ?? NO_USAGE }))
      }
      return {
        series: kept
          .map(groups => ({ groups, total: total(groups) }))
          .toSorted((a, b) => b.total.comparedTo(a.total))
          .flatMap(({ groups }) => groups.slice(0, 1).map(group => ({ key: usageGroup(by, group).key, points: pointsOf(groups) }))),
        other: others[0] === undefined ? null : pointsOf(others[0]),
        groupCount: measured[0]?.groupCount ?? 0,
      }
    },

    async breakdowns({ periods, by, orderBy = 'cost', first, customers = true }) {
      const buckets = checkPeriods(periods, range)
      const groups = await store.measure(scope, { buckets, ...query, by: checkDimensions(by), orderBy, limit: checkPageSize(first, PAGE_SIZES), customers })
      const byBucket = Map.groupBy(groups, ({ bucket }) => bucket)
      return buckets.map((_, bucket) => (byBucket.get(bucket) ?? []).map(group => usageGroup(by, group)))
    },
  }
}

/** Adds the names of the dimensions to the values of a group. */
export function usageGroup(by: readonly Dimension[], { key, measures }: MeasuredGroup): UsageGroup {
  return { key: by.map((dimension, i) => ({ dimension, value: key[i] ?? null })), measures }
}
