import { type Decimal, ZERO } from '@tollgate/kernel'
import type { CounterReading } from '../../model/counters/counter-reading.ts'
import type { Refusal } from '../../model/decisions/decision.ts'
import type { Demand } from './demand.ts'

/**
 * Decides for each demand whether it fits together with those before it: several can concern one counter. What is used, held
 * and demanded may reach the ceiling together, but not exceed it. `isHold` says whether a reservation is to hold the amounts.
 */
export function findRefusals(demands: readonly Demand[], read: (position: number) => CounterReading, isHold: boolean): readonly (Refusal | null)[] {
  const pending = demands.length > 1 ? new Map<string, Decimal>() : undefined
  return demands.map(({ counter, policy, amount }, i) => {
    const demanded = add(pending?.get(counter.key) ?? ZERO, amount)
    pending?.set(counter.key, demanded)
    if (isHold && policy.largestHold !== null && amount.gt(policy.largestHold)) return 'hold_too_large'
    if (policy.ceiling === null) return null
    const { used, reserved } = read(i)
    return add(add(reserved, used), demanded).lte(policy.ceiling) ? null : 'over_limit'
  })
}

/** Avoids an allocation: the first amount is usually 0. */
function add(first: Decimal, second: Decimal): Decimal {
  return first.isZero() ? second : first.plus(second)
}
