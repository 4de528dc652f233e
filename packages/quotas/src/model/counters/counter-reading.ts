import { type Decimal, ZERO } from '@tollgate/kernel'
import { NO_STEPS, type StepAmounts } from '../limits/sliding-window.ts'

/** The state of a counter at the time of a decision. */
export interface CounterReading {
  readonly used: Decimal
  /** Held by reservations and leases that have not expired. */
  readonly reserved: Decimal
  /** The amounts that add up to `used` in a sliding window. Empty for a fixed window. */
  readonly steps: StepAmounts
}

/** A reading of the counter of one scope value. */
export interface ScopedReading extends CounterReading {
  /** As in `Counter`. */
  readonly scopeValue: string
}

/** The reading of a counter that does not exist yet. */
export const EMPTY_READING: CounterReading = { used: ZERO, reserved: ZERO, steps: NO_STEPS }
