import { type Scope, scopeIncludes } from '@tollgate/kernel'
import type { Reservation } from './reservation.ts'

/** A reservation that this process granted. */
export interface KnownReservation {
  readonly reservation: Reservation
  /** False: granted while the store did not answer. It holds nothing; what it settles is counted. */
  readonly held: boolean
}

/** Reservations that this process granted, as it granted them: that never changes, so nothing of it can be out of date. */
export interface KnownReservations {
  add(known: KnownReservation): void
  find(scope: Scope, id: string): KnownReservation | undefined
  forget(id: string): void
}

const MOST = 10_000

/** Remembers the latest 10,000, so that whoever settles where it reserved need not look up what it reserved. */
export function knownReservations(): KnownReservations {
  const byId = new Map<string, KnownReservation>()
  return {
    add(known) {
      const [oldest] = byId.keys()
      if (byId.size >= MOST && oldest !== undefined) byId.delete(oldest)
      byId.set(known.reservation.id, known)
    },
    find(scope, id) {
      const known = byId.get(id)
      return known && scopeIncludes(scope, known.reservation.tenantId) ? known : undefined
    },
    forget: id => void byId.delete(id),
  }
}
