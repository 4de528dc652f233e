import type { Scope } from '@tollgate/kernel'
import type { QuotaStore } from '../quota-store.ts'
import type { ReservationDetails } from '../quotas.ts'
import { reservationDetails } from './reservation-details.ts'

const MAX_IDS = 1_000

/** How reservations are now. */
export async function readReservations(store: QuotaStore, scope: Scope, ids: readonly string[], nowMs: number): Promise<readonly ReservationDetails[]> {
  if (ids.length > MAX_IDS) throw new RangeError(`At most ${MAX_IDS} reservations can be read at once, not ${ids.length}`)
  if (ids.length === 0) return []
  const found = await store.reservations(scope, ids)
  return found.map(reservation => reservationDetails(reservation, nowMs))
}
