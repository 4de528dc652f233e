import { type Period, type Scope, Temporal } from '@tollgate/kernel'
import type { UsageMeasures } from '../../model/measures.ts'
import type { MeasuredGroup, MeasureQuery, UsageStore } from '../../usage-store.ts'

/** Creates a period from two RFC 3339 times. */
export function between(from: string, to: string): Period {
  return { from: Temporal.Instant.from(from), to: Temporal.Instant.from(to) }
}

/** Includes the events of all tests. */
export const ALL_TIME = between('2000-01-01T00:00:00Z', '2030-01-01T00:00:00Z')

/** Returns groups as short rows for comparison: bucket, key, and the named measures. */
export async function measureRows(
  store: UsageStore,
  scope: Scope,
  { show, ...query }: Partial<MeasureQuery> & { show: readonly (keyof typeof READINGS)[] },
): Promise<(string | number | null)[][]> {
  const groups = await store.measure(scope, { buckets: [ALL_TIME], ...query })
  const bucket = (group: MeasuredGroup) => ((query.buckets?.length ?? 1) > 1 ? [group.bucket] : [])
  return groups.map(group => [...bucket(group), ...group.key, ...show.map(name => READINGS[name](group.measures))])
}

const READINGS = {
  calls: (measures: UsageMeasures) => measures.calls,
  successes: (measures: UsageMeasures) => measures.successes,
  failures: (measures: UsageMeasures) => measures.failures,
  rateLimited: (measures: UsageMeasures) => measures.rateLimited,
  tokens: (measures: UsageMeasures) => Number(measures.tokens.total),
  cost: (measures: UsageMeasures) => measures.cost.toFixed(),
  unpricedCalls: (measures: UsageMeasures) => measures.unpricedCalls,
  customers: (measures: UsageMeasures) => measures.customers,
}
