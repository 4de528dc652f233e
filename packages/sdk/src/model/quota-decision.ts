import type { DecimalInput } from './decimal-input.ts'

/** What a quota limits. */
export type QuotaMetric = 'REQUESTS' | 'TOKENS' | 'COST' | 'CREDITS' | 'OPERATIONS'

/** What to do with a limit that cannot be checked because Tollgate does not answer: fail open or fail closed. */
export type WhenUnavailable = 'allow' | 'deny'

/** An amount of a metric. */
export interface QuotaAmount {
  readonly metric: QuotaMetric | Lowercase<QuotaMetric>
  /** In units of the metric; USD for cost. Null if unknown. */
  readonly amount: DecimalInput | null
  readonly operation?: string | undefined
}

/** An amount as an engine gets it. */
export interface EngineAmount {
  readonly metric: QuotaMetric
  /** Decimal as text; null if unknown. */
  readonly amount: string | null
  readonly operation?: string | undefined
}

/** An amount to check or to reserve. */
export interface QuotaRequest extends QuotaAmount {
  /** What to do if Tollgate does not answer. Defaults to the option of the client for the metric. */
  readonly whenUnavailable?: WhenUnavailable | undefined
}

/** Why a request was refused. `UNREACHABLE`: Tollgate did not answer, and the limit fails closed. The others are the server's. */
export type QuotaRefusal = 'OVER_LIMIT' | 'HOLD_TOO_LARGE' | 'UNKNOWN_AMOUNT' | 'NO_POLICY' | 'TOO_FEW_CREDITS' | 'STORE_FAILURE' | 'UNREACHABLE'

/** The decision about one request. Amounts are decimals as text. */
export interface QuotaResult {
  readonly metric: QuotaMetric
  readonly operation: string | null
  readonly allowed: boolean
  readonly refusal: QuotaRefusal | null
  /** Null means unlimited, or unknown because Tollgate did not answer. */
  readonly limit: string | null
  readonly used: string | null
  readonly reserved: string | null
  readonly remaining: string | null
  readonly resetsAt: string | null
  /** When the same request may fit, in milliseconds. */
  readonly retryAfterMs: number | null
}

/** A decision about several requests: all of them are allowed, or none. */
export interface QuotaDecision {
  readonly allowed: boolean
  /** True if Tollgate or its database did not answer, so that nothing was checked or counted. */
  readonly degraded: boolean
  /** One result per request, in the same order. */
  readonly results: readonly QuotaResult[]
}
