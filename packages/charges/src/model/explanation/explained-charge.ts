import type { Decimal, Temporal } from '@tollgate/kernel'
import type { CHARGE_CURRENCY } from '../numbers/charge-currency.ts'
import type { ChargeExplanation } from './charge-explanation.ts'

/** A charge with its explanation, or the reason why there is no charge. */
export interface ExplainedCharge {
  readonly state: 'charged' | 'unpriced' | 'not_applicable'
  /** ISO 4217, of every amount. The currency of prices, even if the tenant has another one. */
  readonly currency: typeof CHARGE_CURRENCY
  /** What providers charge. Null if it is unknown. */
  readonly cost: Decimal | null
  readonly charge: Decimal | null
  /** The time of the rules that apply. If rules change within the period, its start. */
  readonly at: Temporal.Instant
  /** Why there is no charge. Null if there is one. */
  readonly reason: string | null
  readonly explanation: ChargeExplanation | null
  /** What a reader should know in addition to the steps. */
  readonly notes: readonly string[]
}
