import type { Scope } from '@tollgate/kernel'
import type { Reservation, StoredReservation } from './model/decisions/reservation.ts'

/** Reads reservations. */
export interface ReservationReader {
  /** Returns a reservation as it was granted. Undefined if it does not exist, or the scope does not include it. */
  reservation(scope: Scope, id: string): Promise<Reservation | undefined>
  /** Returns reservations in their current state, in any order. Omits those that do not exist or that the scope does not include. */
  reservations(scope: Scope, ids: readonly string[]): Promise<readonly StoredReservation[]>
}
