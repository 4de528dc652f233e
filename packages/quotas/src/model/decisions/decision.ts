import type { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaMetric } from '../limits/metric.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { ReservationDetails } from './reservation-details.ts'

/** Why a request was refused. */
export type Refusal =
  /** It does not fit under the policy's ceiling now. */
  | 'over_limit'
  /** It is more than the policy lets one reservation hold. */
  | 'hold_too_large'
  /** The amount is unknown, and the policy's `unknownAmount` is `deny`. */
  | 'unknown_amount'
  /** The metric has no policy, and the plan's `unlisted` is `deny`. */
  | 'no_policy'
  /** The wallet that pays has too few credits. Only of quotas that are combined with wallets. */
  | 'too_few_credits'
  /** The store is unavailable, and the policy's `storeFailure` is `deny`. */
  | 'store_failure'

/** The decision about all requests of a question. */
export interface QuotaDecision {
  readonly allowed: boolean
  /** The store was unavailable: the policies' `storeFailure` decided, and nothing was counted. */
  readonly degraded: boolean
  /** One for each request, in the same order. May be a getter: read it by name, since a spread can omit it. */
  readonly results: readonly QuotaResult[]
}

/** A decision, and the reservation if it was granted. */
export type ReserveDecision =
  | (QuotaDecision & { readonly allowed: true; readonly reservation: ReservationDetails })
  | (QuotaDecision & { readonly allowed: false; readonly reservation: null })

/** The result of one request: the check of the policy that refuses it or, if none does, of the policy with the least left. */
export interface QuotaResult extends Omit<QuotaCheck, 'policy' | 'resetsAt'> {
  readonly metric: QuotaMetric
  readonly operation: string | null
  /** Null: the metric has no policy, and the plan's `unlisted` decided. */
  readonly policy: QuotaPolicy | null
  readonly resetsAt: Temporal.Instant | null
  /** The checks of all policies that apply. */
  readonly checks: readonly QuotaCheck[]
}

/** The check of one request by one policy. */
export interface QuotaCheck {
  readonly policy: QuotaPolicy
  /** One value for each dimension of the policy's scope. */
  readonly scopeValue: readonly (string | null)[]
  readonly allowed: boolean
  readonly refusal: Refusal | null
  /** Null is unlimited. */
  readonly limit: Decimal | null
  /** After the decision, like the amounts below. Null if the store is unavailable, or nothing is counted. */
  readonly used: Decimal | null
  readonly reserved: Decimal | null
  /** What is left of the limit, at least 0. Null is unlimited or unknown. */
  readonly remaining: Decimal | null
  readonly resetsAt: Temporal.Instant
  /** When the same request may fit. Null if it was not refused, or can never fit. */
  readonly retryAfterMs: number | null
}
