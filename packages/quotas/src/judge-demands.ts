import { type Decimal, ZERO } from '@tollgate/kernel'
import type { Demand, Refusal } from './demand.ts'
import { NO_STEPS, type StepAmounts } from './sliding-steps.ts'

/** What a counter shows at the time of a decision. */
export interface CounterReading {
  readonly used: Decimal
  /** Held by reservations that have not expired. */
  readonly reserved: Decimal
  /** What `used` is the sum of, where the window slides; empty where it is fixed. */
  readonly steps: StepAmounts
}

/** What a counter shows that is not there. */
export const NOTHING_COUNTED: CounterReading = { used: ZERO, reserved: ZERO, steps: NO_STEPS }

/**
 * Whether each demand fits, given that those before it are taken too: several may be on one counter. What is used,
 * held and demanded together may reach the ceiling, and not pass it.
 */
export function judgeDemands(demands: readonly Demand[], read: (position: number) => CounterReading, hold: boolean): readonly (Refusal | null)[] {
  const pending = new Map<string, Decimal>()
  return demands.map((demand, i) => {
    const { counter, policy, amount } = demand
    const asked = (pending.get(counter.key) ?? ZERO).plus(amount)
    pending.set(counter.key, asked)
    if (hold && policy.largestHold !== null && amount.gt(policy.largestHold)) return 'hold_too_large'
    if (policy.ceiling === null) return null
    const { used, reserved } = read(i)
    return used.plus(reserved).plus(asked).lte(policy.ceiling) ? null : 'over_limit'
  })
}
