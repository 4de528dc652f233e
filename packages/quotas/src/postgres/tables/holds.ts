import { defineColumns } from '@tollgate/postgres'
import type { Hold } from '../../engine/state/counter-state.ts'
import { pickColumns } from './pick-columns.ts'

/** A hold, and the reservation or lease and the counter that it belongs to. */
export interface KeyedHold extends Hold {
  readonly reservationId: string
  readonly counterId: string
}

/** The columns of `quotas.holds`, except the tenant. */
export const HOLD_COLUMNS = defineColumns<KeyedHold>(column => [
  column('reservation_id', 'uuid', ({ reservationId }) => reservationId),
  column('counter_id', 'uuid', ({ counterId }) => counterId),
  column('amount', 'numeric', ({ amount }) => amount),
  column('expires_at', 'timestamptz', ({ expiresAtMs }) => expiresAtMs * 1_000),
  column('lease_revision', 'text', ({ revision }) => revision),
])

/** The columns that identify a hold. */
export const HOLD_KEYS = pickColumns(HOLD_COLUMNS, 'reservation_id', 'counter_id')

/** The columns that change. */
export const HOLD_CHANGES = pickColumns(HOLD_COLUMNS, 'amount', 'expires_at', 'lease_revision')

/** The select list of `HoldRow`. */
export const SELECT_HOLD = `reservation_id, counter_id, amount, (extract(epoch from expires_at) * 1000)::bigint::text as expires_at_ms, lease_revision`

/** A row of `quotas.holds`. */
export interface HoldRow {
  reservation_id: string
  counter_id: string
  amount: string
  expires_at_ms: string
  /** Null for a reservation. */
  lease_revision: string | null
}
