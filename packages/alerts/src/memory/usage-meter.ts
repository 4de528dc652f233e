import { type Decimal, periodIncludes, type Temporal, ZERO } from '@tollgate/kernel'
import type { LatencyPercentiles, SubjectUsage } from '../model/subject-usage.ts'
import type { UsageMeter } from '../usage-meter.ts'

/** One call to measure. */
export interface MeteredCall {
  readonly tenantId: string
  readonly at: Temporal.Instant
  /** Defaults to success. */
  readonly status?: 'success' | 'failure' | 'rate_limited'
  /** USD. Omit it for a call without a price. */
  readonly cost?: Decimal | string
  readonly latencyMs?: number
}

/** Measures calls that are recorded in this process's memory: for tests and examples. */
export interface MemoryUsageMeter extends UsageMeter {
  record(...calls: readonly MeteredCall[]): void
}

/** Creates a meter without calls. */
export function memoryUsageMeter(): MemoryUsageMeter {
  const recorded: MeteredCall[] = []
  return {
    record: (...calls) => void recorded.push(...calls),
    async measure({ scope, ranges, latency = false }) {
      return ranges.flatMap((range, index) => {
        const calls = recorded.filter(({ at }) => periodIncludes(range, at))
        const bySubject = Map.groupBy(calls, ({ tenantId }) => (scope === 'TENANT' ? tenantId : null))
        return [...bySubject].map(([tenantId, ofSubject]) => measureCalls(ofSubject, { tenantId, range: index, latency }))
      })
    },
  }
}

function measureCalls(
  calls: readonly MeteredCall[],
  { latency, ...subject }: Pick<SubjectUsage, 'tenantId' | 'range'> & { readonly latency: boolean },
): SubjectUsage {
  return {
    ...subject,
    calls: calls.length,
    failures: calls.filter(({ status }) => status === 'failure').length,
    rateLimited: calls.filter(({ status }) => status === 'rate_limited').length,
    cost: calls.reduce((sum, { cost = ZERO }) => sum.plus(cost), ZERO),
    unpricedCalls: calls.filter(({ cost }) => cost === undefined).length,
    latency: latency ? percentiles(calls.flatMap(({ latencyMs }) => (latencyMs === undefined ? [] : [latencyMs]))) : null,
  }
}

/** Nearest-rank percentiles. */
function percentiles(latencies: readonly number[]): LatencyPercentiles | null {
  if (latencies.length === 0) return null
  const sorted = latencies.toSorted((a, b) => a - b)
  const percentile = (percent: number) => sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? 0
  return { p50Ms: percentile(50), p95Ms: percentile(95), p99Ms: percentile(99) }
}
