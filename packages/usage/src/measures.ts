import { type Decimal, ZERO } from '@tollgate/kernel'
import { completeTokenUsage, type TokenUsage } from '@tollgate/tokens'

/** What usage adds up to, over a range and a filter. */
export interface UsageMeasures {
  readonly calls: number
  readonly successes: number
  readonly failures: number
  readonly rateLimited: number
  readonly tokens: TokenUsage
  /** Units of compute operations. Those of different operations are different things: ask by operation. */
  readonly quantity: Decimal
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

/** The measures of no usage at all. */
export const NO_USAGE: UsageMeasures = {
  calls: 0,
  successes: 0,
  failures: 0,
  rateLimited: 0,
  tokens: completeTokenUsage({}),
  quantity: ZERO,
  cost: ZERO,
  unpricedCalls: 0,
  customers: 0,
  latency: null,
}

/** Calls that did not succeed: failures and rate-limited ones. */
export function errorCalls({ failures, rateLimited }: Pick<UsageMeasures, 'failures' | 'rateLimited'>): number {
  return failures + rateLimited
}

/** The part of the calls that did not succeed, from 0 to 1; 0 where there were none. */
export function errorRate(measures: Pick<UsageMeasures, 'calls' | 'failures' | 'rateLimited'>): number {
  return measures.calls === 0 ? 0 : errorCalls(measures) / measures.calls
}

/** USD for each call that has a cost or needs none, to 64 digits; null where there is no such call. */
export function averageCostPerCall({ calls, unpricedCalls, cost }: Pick<UsageMeasures, 'calls' | 'unpricedCalls' | 'cost'>): Decimal | null {
  return calls === unpricedCalls ? null : cost.dividedBy(calls - unpricedCalls)
}
