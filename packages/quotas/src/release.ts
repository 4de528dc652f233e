import { checkReservationState } from './check-reservation-state.ts'
import type { ChangedReservation, ReservationInput } from './granted-reservations.ts'
import type { ReservationDependencies } from './reservation-dependencies.ts'

/** Ends a reservation without usage. */
export async function release({ counters, counter, granted, nowMs }: ReservationDependencies, input: ReservationInput): Promise<ChangedReservation> {
  const { reservation, isHeld } = await granted.find(input)
  const { id, tenantId, amounts: requests } = reservation
  granted.forget(id)
  const { caller = null } = input
  if (!isHeld) {
    counter?.count(tenantId, caller, 'released')
    return { tenantId, requests }
  }
  const outcome = await counters.apply({ kind: 'release', tenantId, caller, reservationId: id, nowMs: nowMs(tenantId) })
  if (outcome.kind !== 'done') throw new Error(`A release cannot have the outcome ${outcome.kind}`)
  checkReservationState(id, outcome.stateBefore, ['held', 'expired', 'released'])
  return { tenantId, requests }
}
