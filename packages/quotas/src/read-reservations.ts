import type { Scope } from '@tollgate/kernel'
import { type ReservationDetails, reservationDetails } from './model/decisions/reservation-details.ts'
import type { ReservationReader } from './reservation-reader.ts'

const MAX_IDS = 1_000

/** Reads reservations in their current state, in any order. Throws `RangeError` for more than 1,000 ids. */
export async function readReservations(
  store: Pick<ReservationReader, 'reservations'>,
  scope: Scope,
  ids: readonly string[],
  nowMs: (tenantId: string) => number,
): Promise<readonly ReservationDetails[]> {
  if (ids.length > MAX_IDS) throw new RangeError(`At most ${MAX_IDS} reservations can be read at once, not ${ids.length}`)
  if (ids.length === 0) return []
  const found = await store.reservations(scope, ids)
  return found.map(reservation => reservationDetails(reservation, nowMs(reservation.reservation.tenantId)))
}
