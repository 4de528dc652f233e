import { Decimal } from '@tollgate/kernel'
import type { Reservation, ReservedAmount } from '../reservations/reservation.ts'

/** What `ReservationRow` is read from. */
export const RESERVATION_COLUMNS = `id, tenant_id, closed, counter_ids::text[] as counter_ids, dimensions::text as dimensions, amounts::text as amounts,
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

type StoredAmount = Omit<ReservedAmount, 'amount'> & { readonly amount: string | null }

/** A reservation of its row. */
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

/** Amounts as they are stored. */
export function storedAmounts(amounts: readonly ReservedAmount[]): string {
  return JSON.stringify(amounts.map(({ metric, operation, amount }): StoredAmount => ({ metric, operation, amount: amount?.toFixed() ?? null })))
}
