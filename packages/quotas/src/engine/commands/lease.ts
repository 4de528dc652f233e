import { Decimal, ZERO } from '@tollgate/kernel'
import { grantedLeaseSize } from '../../model/leases/lease-size.ts'
import { raiseAlertsOfLapse } from '../alerts/raise-alerts.ts'
import type { Demand } from '../demands/demand.ts'
import { addHold, type CounterState, dropHold } from '../state/counter-state.ts'
import { counterAt, isStale, type QuotaState } from '../state/quota-state.ts'
import { countUse } from './count-use.ts'
import type { Leased } from './outcome.ts'

/** Reports what was spent of a lease, and renews or returns it. */
export interface LeaseCommand {
  readonly kind: 'lease'
  readonly tenantId: string
  readonly revision: string
  readonly nowMs: number
  readonly leaseId: string
  /** Its amount is what was spent since the last report. */
  readonly demand: Demand
  /** New maximum to hold. 0 returns the lease. */
  readonly requested: Decimal
  /** Minimum grant; otherwise nothing is granted. */
  readonly min: Decimal
  readonly expiresAtMs: number
}

/** Applies a lease command. What was spent of a lease that has expired is not counted: all of that lease counts as used already. */
export function lease(state: QuotaState, command: LeaseCommand): Leased {
  const { demand, leaseId, nowMs } = command
  const counter = counterAt(state, demand.counter, nowMs)
  const hold = counter.holds.get(leaseId)
  if (hold !== undefined && !demand.amount.isZero()) {
    dropHold(counter, leaseId)
    addHold(counter, leaseId, { ...hold, amount: hold.amount.minus(demand.amount) })
    countUse(state, counter, demand, nowMs)
  }
  raiseAlertsOfLapse(state.alerts, counter, demand, nowMs)
  const isLost = hold === undefined && !demand.amount.isZero()
  return renew(counter, isLost ? { ...command, requested: ZERO } : command, isStale(state, command))
}

/** Renews the lease, up to the requested amount. It only grows or ends, because its holder may be spending it. */
function renew(counter: CounterState, command: LeaseCommand, isStaleLease: boolean): Leased {
  const { leaseId, demand, requested, revision, expiresAtMs } = command
  const before = counter.holds.get(leaseId)?.amount ?? ZERO
  dropHold(counter, leaseId)
  const held = requested.isZero() ? ZERO : isStaleLease ? before : Decimal.max(before, grant(counter, demand.policy.ceiling, command))
  if (!held.isZero()) addHold(counter, leaseId, { amount: held, expiresAtMs, revision })
  const { used, reserved, steps } = counter
  return { kind: 'leased', held, recalled: isStaleLease || counter.recalled, reading: { used, reserved, steps } }
}

function grant(counter: CounterState, ceiling: Decimal | null, size: Pick<LeaseCommand, 'requested' | 'min'>): Decimal {
  if (ceiling === null) return size.requested
  // The lease itself is not part of `reserved` here.
  const free = ceiling.minus(counter.used).minus(counter.reserved)
  // Usage is no longer near the limit, so the recall is over.
  if (counter.recalled && free.times(2).gte(ceiling)) counter.recalled = false
  return counter.recalled ? ZERO : grantedLeaseSize(free, size)
}
