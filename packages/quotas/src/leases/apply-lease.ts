import { Decimal, ZERO } from '@tollgate/kernel'
import type { LeaseCommand, Leased } from '../counters/command.ts'
import { addHold, type CounterState, dropHold } from '../counters/quota-state.ts'

/** Of the headroom that nobody else holds, a lease holds no more than a share: leases narrow towards the limit. */
const SHARE = 4

/**
 * Renews a lease whose spending was just counted: lets it hold as much as is wanted, where that may be had. What it holds
 * never shrinks but to nothing, when it is given back: its holder spends of it meanwhile.
 */
export function renewLease(counter: CounterState, { leaseId, demand, wanted, least, revision, expiresAtMs }: LeaseCommand, isStale: boolean): Leased {
  const held = counter.holds.get(leaseId)?.amount ?? ZERO
  dropHold(counter, leaseId)
  const target = wanted.isZero() ? ZERO : isStale ? held : Decimal.max(held, grantOf(counter, demand.policy.ceiling, { wanted, least }))
  if (!target.isZero()) addHold(counter, leaseId, { amount: target, expiresAtMs, revision })
  const { used, reserved, steps } = counter
  return { kind: 'leased', held: target, recalled: isStale || counter.recalled, reading: { used, reserved, steps } }
}

function grantOf(counter: CounterState, ceiling: Decimal | null, { wanted, least }: Pick<LeaseCommand, 'wanted' | 'least'>): Decimal {
  if (ceiling === null) return wanted
  // What this one holds is not among what is reserved just now.
  const free = ceiling.minus(counter.used).minus(counter.reserved)
  // Called back near a limit that is far away now.
  if (counter.recalled && free.times(2).gte(ceiling)) counter.recalled = false
  if (counter.recalled) return ZERO
  const share = free.div(SHARE).floor()
  return share.lt(least) ? ZERO : Decimal.min(share, wanted)
}
