import { ReservationClosed, ReservationNotFound } from './model/errors.ts'
import type { ReservationState } from './model/decisions/reservation.ts'

/** Throws `ReservationNotFound` for a reservation that does not exist, and `ReservationClosed` for one in a state that is not accepted. */
export function checkReservationState(id: string, state: ReservationState | null, accepted: readonly ReservationState[]): void {
  if (state === null) throw new ReservationNotFound(id)
  if (!accepted.includes(state)) throw new ReservationClosed(id, state)
}
