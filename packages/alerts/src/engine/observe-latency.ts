import { Decimal } from '@tollgate/kernel'
import type { Observation } from '../model/observation.ts'
import type { SubjectUsage } from '../model/subject-usage.ts'

/** Reads the 99th percentile of latency, in whole milliseconds. Skips subjects without a call that has a latency. */
export function observeLatency(usage: readonly SubjectUsage[]): Observation[] {
  return usage.flatMap(({ tenantId, calls, latency }) => {
    if (latency === null) return []
    // Percentiles are within 1 % of the true value: decimals would only look exact.
    const value = new Decimal(Math.round(latency.p99Ms))
    const [p50Ms, p95Ms, p99Ms] = [latency.p50Ms, latency.p95Ms, latency.p99Ms].map(Math.round)
    return [{ tenantId, value, calls, details: { calls, p50Ms, p95Ms, p99Ms } }]
  })
}
