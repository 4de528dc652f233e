import { type Decimal, ZERO } from '@tollgate/kernel'
import type { CounterReading } from './counter-reading.ts'
import type { Demand, Refusal } from './demand.ts'

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
