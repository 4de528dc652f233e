import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Rollover } from './rollover.ts'

/** Credits that a plan gives at the start of each billing period. They expire at its end, save for what rolls over. */
export interface Allowance {
  /** Unique in its wallet, such as the name of the plan. */
  readonly id: string
  readonly amount: Decimal
  readonly priority: number
  readonly rollover: Rollover
  /** Day of the month on which periods start, 1 to 31; the last day of shorter months. */
  readonly anchorDay: number
  /** IANA time zone of the periods. */
  readonly timeZone: string
  /** Start of the next period that gets a grant. */
  readonly nextAt: Temporal.Instant
  /** No period that starts at or after this time gets a grant. Null for never. */
  readonly endsAt: Temporal.Instant | null
}
