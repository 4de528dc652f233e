import { type Scope, scopeIncludes } from '@tollgate/kernel'
import type { Reservation } from './reservation.ts'

/** Reservations that were granted while the store did not answer. They hold nothing; what they settle is counted. */
export interface UnheldReservations {
  add(reservation: Reservation): void
  find(scope: Scope, id: string): Reservation | undefined
  forget(id: string): void
}

const MOST = 10_000

/** Remembers them in this process, the latest 10,000. */
export function unheldReservations(): UnheldReservations {
  const byId = new Map<string, Reservation>()
  return {
    add(reservation) {
      const [oldest] = byId.keys()
      if (byId.size >= MOST && oldest !== undefined) byId.delete(oldest)
      byId.set(reservation.id, reservation)
    },
    find(scope, id) {
      const reservation = byId.get(id)
      return reservation && scopeIncludes(scope, reservation.tenantId) ? reservation : undefined
    },
    forget: id => void byId.delete(id),
  }
}
