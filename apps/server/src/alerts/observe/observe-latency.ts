import { Decimal } from '@tollgate/kernel'
import type { Observation } from '../observation.ts'
import type { SubjectUsage } from './subject-usage.ts'

/** The 99th percentile of latency, in milliseconds, within 1 %. Who has no call with a latency is not seen. */
export function observeLatency(usage: readonly SubjectUsage[]): Observation[] {
  return usage.flatMap(({ tenantId, measures: { calls, latency } }) => {
    if (latency === null) return []
    // It comes of bins 2 % wide: digits behind the point would only look exact.
    const value = new Decimal(Math.round(latency.p99Ms))
    const [p50Ms, p95Ms, p99Ms] = [latency.p50Ms, latency.p95Ms, latency.p99Ms].map(Math.round)
    return [{ tenantId, value, calls, details: { calls, p50Ms, p95Ms, p99Ms } }]
  })
}
