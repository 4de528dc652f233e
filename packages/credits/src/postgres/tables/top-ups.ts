import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { TopUp, TopUpState } from '../../model/top-up.ts'

/** A top-up and its tenant. */
export interface TenantTopUp {
  readonly tenantId: string
  readonly topUp: TopUp
}

/** A row of `credits.top_ups`. */
export interface TopUpRow {
  readonly id: string
  readonly wallet_id: string
  readonly customer_id: string | null
  readonly amount: string
  readonly state: TopUpState
  readonly requested_at: string
  readonly attempts: number
  readonly next_attempt_at: string
  readonly grant_id: string | null
  readonly reason: string | null
}

/** The columns of a top-up. */
export const TOP_UP_COLUMNS = defineColumns<TenantTopUp>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('id', 'uuid', ({ topUp }) => topUp.id),
  column('wallet_id', 'uuid', ({ topUp }) => topUp.walletId),
  column('customer_id', 'text', ({ topUp }) => topUp.customerId),
  column('amount', 'numeric', ({ topUp }) => topUp.amount),
  column('state', 'text', ({ topUp }) => topUp.state),
  column('requested_at', 'timestamptz', ({ topUp }) => topUp.requestedAt),
  column('attempts', 'integer', ({ topUp }) => topUp.attempts),
  column('next_attempt_at', 'timestamptz', ({ topUp }) => topUp.nextAttemptAt),
  column('grant_id', 'uuid', ({ topUp }) => topUp.grantId),
  column('reason', 'text', ({ topUp }) => topUp.reason),
])

/** The select list of a `TopUpRow`. */
export const SELECT_TOP_UP = 'id, wallet_id, customer_id, amount, state, requested_at, attempts, next_attempt_at, grant_id, reason'

/** Reads a top-up from its row. */
export function topUpOf(row: TopUpRow): TopUp {
  return {
    id: row.id,
    walletId: row.wallet_id,
    customerId: row.customer_id,
    amount: new Decimal(row.amount),
    state: row.state,
    requestedAt: Temporal.Instant.from(row.requested_at),
    attempts: row.attempts,
    nextAttemptAt: Temporal.Instant.from(row.next_attempt_at),
    grantId: row.grant_id,
    reason: row.reason,
  }
}
