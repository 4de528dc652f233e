import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { CreditReservation, CreditReservationState } from '../../model/reservation.ts'
import { readSharesJson, sharesJson, type SharesJson } from './shares-json.ts'

/** A reservation and its tenant. */
export interface TenantReservation {
  readonly tenantId: string
  readonly reservation: CreditReservation
}

/** A row of `credits.reservations`. */
export interface ReservationRow {
  readonly id: string
  readonly wallet_id: string
  readonly amount: string
  readonly state: CreditReservationState
  readonly created_at: string
  readonly expires_at: string
  readonly shares: SharesJson
}

/** The columns of a reservation. */
export const RESERVATION_COLUMNS = defineColumns<TenantReservation>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('id', 'text', ({ reservation }) => reservation.id),
  column('wallet_id', 'uuid', ({ reservation }) => reservation.walletId),
  column('amount', 'numeric', ({ reservation }) => reservation.amount),
  column('state', 'text', ({ reservation }) => reservation.state),
  column('created_at', 'timestamptz', ({ reservation }) => reservation.createdAt),
  column('expires_at', 'timestamptz', ({ reservation }) => reservation.expiresAt),
  column('shares', 'jsonb', ({ reservation }) => sharesJson(reservation.shares)),
])

/** The select list of a `ReservationRow`. */
export const SELECT_RESERVATION = 'id, wallet_id, amount, state, created_at, expires_at, shares'

/** Reads a reservation from its row. */
export function reservationOf(row: ReservationRow): CreditReservation {
  return {
    id: row.id,
    walletId: row.wallet_id,
    amount: new Decimal(row.amount),
    state: row.state,
    createdAt: Temporal.Instant.from(row.created_at),
    expiresAt: Temporal.Instant.from(row.expires_at),
    shares: readSharesJson(row.shares),
  }
}
