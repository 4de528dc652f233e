import { type Decimal, ZERO } from '@tollgate/kernel'
import { NO_STEPS, type StepAmounts } from '../windows/sliding-steps.ts'

/** What a counter shows at the time of a decision. */
export interface CounterReading {
  readonly used: Decimal
  /** Held by reservations that have not expired. */
  readonly reserved: Decimal
  /** What `used` is the sum of, where the window slides; empty where it is fixed. */
  readonly steps: StepAmounts
}

/** What a counter shows, and whose it is. */
export interface CounterShown extends CounterReading {
  /** As in `Counter`. */
  readonly scopeValue: string
}

/** What a counter shows that is not there. */
export const NOTHING_COUNTED: CounterReading = { used: ZERO, reserved: ZERO, steps: NO_STEPS }
