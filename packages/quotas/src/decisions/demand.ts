import type { Decimal } from '@tollgate/kernel'
import type { Counter } from '../counters/counter.ts'
import type { CounterReading } from '../counters/counter-reading.ts'
import type { QuotaPolicy } from '../policies/policy.ts'

/** What one request asks of one counter, and the policy that decides it. */
export interface Demand {
  /** Position of the request among those decided together. */
  readonly request: number
  readonly counter: Counter
  readonly policy: QuotaPolicy
  readonly amount: Decimal
  /** When it is used, or was. */
  readonly atMs: number
}

/** Why a request was refused. */
export type Refusal =
  /** It does not fit under the policy's ceiling now. */
  | 'over_limit'
  /** More than the policy lets one reservation hold. */
  | 'hold_too_large'
  /** The amount is unknown, and the policy says deny. */
  | 'unknown_amount'
  /** No policy is for this metric, and the plan says deny. */
  | 'no_policy'
  /** The store does not answer, and the policy says deny. */
  | 'store_failure'

/** What became of one demand: whether it fits, and what the counter shows after the decision. */
export interface Verdict extends CounterReading {
  readonly demand: Demand
  readonly refusal: Refusal | null
}
