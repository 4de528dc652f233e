import { Decimal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { ReservationRecord } from '../../engine/state/quota-state.ts'
import type { Reservation, ReservedAmount } from '../../model/decisions/reservation.ts'
import { pickColumns } from './pick-columns.ts'

type StoredAmount = Omit<ReservedAmount, 'amount'> & { readonly amount: string | null }

/** The columns of `quotas.reservations`. `counter_ids` is an array, and therefore sent as text: cast it to `uuid[]`. */
export const RESERVATION_COLUMNS = defineColumns<ReservationRecord>(column => [
  column('id', 'uuid', ({ reservation }) => reservation.id),
  column('tenant_id', 'text', ({ reservation }) => reservation.tenantId),
  column('made_at', 'timestamptz', ({ reservation }) => reservation.atMs * 1_000),
  column('expires_at', 'timestamptz', ({ expiresAtMs }) => expiresAtMs * 1_000),
  column('closed', 'text', ({ closed }) => closed),
  column('dimensions', 'jsonb', ({ reservation }) => reservation.dimensions),
  column('amounts', 'jsonb', ({ reservation }) => reservation.amounts.map(storedAmount)),
  column('counter_ids', 'text', ({ counters }) => `{${counters.join()}}`),
])

/** The columns that change after a reservation was made, with its id. */
export const RESERVATION_CHANGES = pickColumns(RESERVATION_COLUMNS, 'id', 'expires_at', 'closed')

/** The select list of `ReservationRow`. */
export const SELECT_RESERVATION = `id, tenant_id, closed, counter_ids::text[] as counter_ids, dimensions::text as dimensions, amounts::text as amounts,
  (extract(epoch from made_at) * 1000)::bigint::text as made_at_ms, (extract(epoch from expires_at) * 1000)::bigint::text as expires_at_ms`

/** A row of `quotas.reservations`. */
export interface ReservationRow {
  id: string
  tenant_id: string
  closed: 'settled' | 'released' | null
  counter_ids: string[]
  dimensions: string
  amounts: string
  made_at_ms: string
  expires_at_ms: string
}

/** Returns the reservation of a row. */
export function reservationOf(row: ReservationRow): Reservation {
  const amounts = JSON.parse(row.amounts) as StoredAmount[]
  return {
    id: row.id,
    tenantId: row.tenant_id,
    atMs: Number(row.made_at_ms),
    expiresAtMs: Number(row.expires_at_ms),
    dimensions: JSON.parse(row.dimensions) as Reservation['dimensions'],
    amounts: amounts.map(stored => ({ ...stored, amount: stored.amount === null ? null : new Decimal(stored.amount) })),
  }
}

/** Returns the reservation of a row as commands read and change it. */
export function reservationRecordOf(row: ReservationRow): ReservationRecord {
  const reservation = reservationOf(row)
  return { reservation, closed: row.closed, expiresAtMs: reservation.expiresAtMs, counters: row.counter_ids }
}

function storedAmount({ metric, operation, amount }: ReservedAmount): StoredAmount {
  return { metric, operation, amount: amount?.toFixed() ?? null }
}
