import type { Decimal } from '@tollgate/kernel'
import type { Counter } from '../../model/counters/counter.ts'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import type { Refusal } from '../../model/decisions/decision.ts'
import type { QuotaPolicy } from '../../model/policies/policy.ts'

/** What one request needs of one counter, and the policy that decides about it. */
export interface Demand {
  /** Position of the request in its question. */
  readonly request: number
  readonly counter: Counter
  readonly policy: QuotaPolicy
  readonly amount: Decimal
  /** The time of the use. */
  readonly atMs: number
}

/** Whether one demand fits, and the reading of its counter after the decision. */
export interface DemandOutcome extends CounterReading {
  readonly demand: Demand
  readonly refusal: Refusal | null
}
