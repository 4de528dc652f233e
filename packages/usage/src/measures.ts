import type { Decimal } from '@tollgate/kernel'
import type { TokenUsage } from '@tollgate/tokens'

/** What usage adds up to, over a range and a filter. */
export interface UsageMeasures {
  readonly calls: number
  readonly successes: number
  readonly failures: number
  readonly rateLimited: number
  readonly tokens: TokenUsage
  /** USD. Events without a price add nothing here; `unpricedCalls` says how many there are. */
  readonly cost: Decimal
  readonly unpricedCalls: number
  /** Distinct customers; events without one do not count. Two tenants' customers of the same name are two. */
  readonly customers: number
  /** Null where it was not asked for, or no event had a latency. */
  readonly latency: LatencySummary | null
}

/** Latencies in milliseconds; percentiles within 1 % of the true value. */
export interface LatencySummary {
  readonly averageMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** What groups can be ordered by, largest first. `errors` are the calls that did not succeed: failures and rate-limited ones. */
export type OrderMeasure = 'calls' | 'tokens' | 'cost' | 'errors' | 'latency_p95'
