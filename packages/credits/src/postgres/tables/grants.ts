import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns, instantOrNull } from '@tollgate/postgres'
import type { Grant, GrantSource, GrantState } from '../../model/grant.ts'
import { readRolloverJson, rolloverJson, type RolloverJson } from './rollover-json.ts'

/** A grant and its tenant. */
export interface TenantGrant {
  readonly tenantId: string
  readonly grant: Grant
}

/** A row of `credits.grants`. */
export interface GrantRow {
  readonly id: string
  readonly wallet_id: string
  readonly amount: string
  readonly remaining: string
  readonly held: string
  readonly state: GrantState
  readonly source: GrantSource
  readonly priority: number
  readonly effective_at: string
  readonly expires_at: string | null
  readonly rollover: RolloverJson
  readonly description: string | null
  readonly expiry_alerted_at: string | null
  readonly created_at: string
}

/** The columns of a grant. */
export const GRANT_COLUMNS = defineColumns<TenantGrant>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('id', 'uuid', ({ grant }) => grant.id),
  column('wallet_id', 'uuid', ({ grant }) => grant.walletId),
  column('amount', 'numeric', ({ grant }) => grant.amount),
  column('remaining', 'numeric', ({ grant }) => grant.remaining),
  column('held', 'numeric', ({ grant }) => grant.held),
  column('state', 'text', ({ grant }) => grant.state),
  column('source', 'text', ({ grant }) => grant.source),
  column('priority', 'integer', ({ grant }) => grant.priority),
  column('effective_at', 'timestamptz', ({ grant }) => grant.effectiveAt),
  column('expires_at', 'timestamptz', ({ grant }) => grant.expiresAt),
  column('rollover', 'jsonb', ({ grant }) => rolloverJson(grant.rollover)),
  column('description', 'text', ({ grant }) => grant.description),
  column('expiry_alerted_at', 'timestamptz', ({ grant }) => grant.expiryAlertedAt),
  column('created_at', 'timestamptz', ({ grant }) => grant.createdAt),
])

/** The select list of a `GrantRow`. */
export const SELECT_GRANT =
  'id, wallet_id, amount, remaining, held, state, source, priority, effective_at, expires_at, rollover, description, expiry_alerted_at, created_at'

/** Reads a grant from its row. */
export function grantOf(row: GrantRow): Grant {
  return {
    id: row.id,
    walletId: row.wallet_id,
    amount: new Decimal(row.amount),
    remaining: new Decimal(row.remaining),
    held: new Decimal(row.held),
    state: row.state,
    source: row.source,
    priority: row.priority,
    effectiveAt: Temporal.Instant.from(row.effective_at),
    expiresAt: instantOrNull(row.expires_at),
    rollover: readRolloverJson(row.rollover),
    description: row.description,
    expiryAlertedAt: instantOrNull(row.expiry_alerted_at),
    createdAt: Temporal.Instant.from(row.created_at),
  }
}
