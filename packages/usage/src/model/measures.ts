import { type Decimal, ZERO } from '@tollgate/kernel'
import type { UnitTotal, UnpricedReasonCount } from './measure-details.ts'
import { NO_TOKENS, type TokenTotals } from './token-totals.ts'

/** Usage summed over a range and a filter. */
export interface UsageMeasures {
  readonly calls: number
  readonly successes: number
  readonly failures: number
  readonly rateLimited: number
  /** Rare pools are left out unless details were requested; the total includes them in any case. */
  readonly tokens: TokenTotals
  /** What providers bill besides tokens, by kind and variant: at most `MAX_UNIT_TOTALS`. Empty unless details were requested. */
  readonly units: readonly UnitTotal[]
  /** Units of compute operations. Units differ between operations, so group by operation. */
  readonly quantity: Decimal
  /** USD. Events without a price add nothing; `unpricedCalls` counts them. */
  readonly cost: Decimal
  readonly unpricedCalls: number
  /**
   * Unpriced calls by reason, most calls first. Omits calls without a reason: those recorded before reasons were. Empty
   * unless details were requested.
   */
  readonly unpricedReasons: readonly UnpricedReasonCount[]
  /** Number of distinct customers; 0 if they were not requested. Customers of different tenants are different, even if their ids are equal. */
  readonly customers: number
  /** Null if it was not requested, or no event has a latency. */
  readonly latency: LatencySummary | null
}

/** Latencies in milliseconds. Percentiles are within 1 % of the exact value. */
export interface LatencySummary {
  readonly averageMs: number
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}

/** The measures that groups can be ordered by, largest first. `errors` counts failures and rate-limited calls. */
export type OrderMeasure = 'calls' | 'tokens' | 'cost' | 'errors' | 'latency_p95'

/** The measures when there is no usage. */
export const NO_USAGE: UsageMeasures = {
  calls: 0,
  successes: 0,
  failures: 0,
  rateLimited: 0,
  tokens: NO_TOKENS,
  units: [],
  quantity: ZERO,
  cost: ZERO,
  unpricedCalls: 0,
  unpricedReasons: [],
  customers: 0,
  latency: null,
}

/** Returns the number of calls that did not succeed: failures and rate-limited calls. */
export function errorCalls({ failures, rateLimited }: Pick<UsageMeasures, 'failures' | 'rateLimited'>): number {
  return failures + rateLimited
}

/** Returns the share of calls that did not succeed, from 0 to 1; 0 if there are no calls. */
export function errorRate(measures: Pick<UsageMeasures, 'calls' | 'failures' | 'rateLimited'>): number {
  return measures.calls === 0 ? 0 : errorCalls(measures) / measures.calls
}

/** Returns the average cost in USD of the calls that are not unpriced, to 64 digits; null if there are none. */
export function averageCostPerCall({ calls, unpricedCalls, cost }: Pick<UsageMeasures, 'calls' | 'unpricedCalls' | 'cost'>): Decimal | null {
  return calls === unpricedCalls ? null : cost.dividedBy(calls - unpricedCalls)
}
