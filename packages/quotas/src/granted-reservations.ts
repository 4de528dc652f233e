import { OPERATOR_SCOPE, type Scope, scopeIncludes } from '@tollgate/kernel'
import { ReservationNotFound } from './model/errors.ts'
import type { Reservation, ReservedAmount } from './model/decisions/reservation.ts'
import type { ReservationReader } from './reservation-reader.ts'

/** A reservation to settle, release or extend. */
export interface ReservationInput {
  readonly reservationId: string
  /** Whom to count the change for, such as the id of an API key. */
  readonly caller?: string | null | undefined
  /** Tenants whose reservations the caller may change. Defaults to all. */
  readonly scope?: Scope | undefined
}

/** What a reservation that was changed was made for. */
export interface ChangedReservation {
  readonly tenantId: string
  /** The reserved amounts. */
  readonly requests: readonly ReservedAmount[]
}

/** A reservation as it was granted. */
export interface GrantedReservation {
  readonly reservation: Reservation
  /** False if it was granted while the store was unavailable: it holds nothing, but its settlement counts. */
  readonly isHeld: boolean
}

/** Finds reservations. Those that this process granted are in memory. */
export interface GrantedReservations {
  add(granted: GrantedReservation): void
  /** Throws `ReservationNotFound`. */
  find(input: ReservationInput): Promise<GrantedReservation>
  forget(id: string): void
}

const MAX_REMEMBERED = 10_000

/** Remembers the latest 10,000 reservations of this process, to save looking them up. What was granted never changes, so memory is never outdated. */
export function grantedReservations(store: Pick<ReservationReader, 'reservation'>): GrantedReservations {
  const byId = new Map<string, GrantedReservation>()
  return {
    add(granted) {
      const [oldest] = byId.keys()
      if (byId.size >= MAX_REMEMBERED && oldest !== undefined) byId.delete(oldest)
      byId.set(granted.reservation.id, granted)
    },
    async find({ reservationId, scope = OPERATOR_SCOPE }) {
      const granted = byId.get(reservationId)
      if (granted && scopeIncludes(scope, granted.reservation.tenantId)) return granted
      const reservation = await store.reservation(scope, reservationId)
      if (reservation === undefined) throw new ReservationNotFound(reservationId)
      return { reservation, isHeld: true }
    },
    forget: id => void byId.delete(id),
  }
}
