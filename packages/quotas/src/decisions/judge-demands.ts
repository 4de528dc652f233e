import { type Decimal, ZERO } from '@tollgate/kernel'
import type { CounterReading } from '../counters/counter-reading.ts'
import type { Demand, Refusal } from './demand.ts'

/**
 * Whether each demand fits, given that those before it are taken too: several may be on one counter. What is used,
 * held and demanded together may reach the ceiling, and not pass it.
 */
export function judgeDemands(demands: readonly Demand[], read: (position: number) => CounterReading, hold: boolean): readonly (Refusal | null)[] {
  const pending = demands.length > 1 ? new Map<string, Decimal>() : undefined
  return demands.map(({ counter, policy, amount }, i) => {
    const asked = sumOf(pending?.get(counter.key) ?? ZERO, amount)
    pending?.set(counter.key, asked)
    if (hold && policy.largestHold !== null && amount.gt(policy.largestHold)) return 'hold_too_large'
    if (policy.ceiling === null) return null
    const { used, reserved } = read(i)
    return sumOf(sumOf(reserved, used), asked).lte(policy.ceiling) ? null : 'over_limit'
  })
}

/** The first is nothing, mostly: not worth another amount. */
function sumOf(first: Decimal, second: Decimal): Decimal {
  return first.isZero() ? second : first.plus(second)
}
