import type { Decimal } from '@tollgate/kernel'
import type { Counter } from '../../model/counter.ts'
import type { CounterReading } from '../../model/counter-reading.ts'
import type { Refusal } from '../../model/decision.ts'
import type { QuotaPolicy } from '../../model/policy.ts'

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
