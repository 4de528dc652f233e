import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import { decimalOrNull, defineColumns } from '@tollgate/postgres'
import { LEDGER_ACCOUNTS, type LedgerAccount, type Posting } from '../../model/account.ts'
import type { CreditEntry, EntryKind } from '../../model/entry.ts'
import { readSharesJson, sharesJson, type SharesJson } from './shares-json.ts'

/** An entry and its tenant. */
export interface TenantEntry {
  readonly tenantId: string
  readonly entry: CreditEntry
}

/** A row of `credits.entries`. */
export interface EntryRow extends Readonly<Record<LedgerAccount, string | null>> {
  readonly wallet_id: string
  readonly sequence: string
  readonly kind: EntryKind
  readonly occurred_at: string
  readonly recorded_at: string
  readonly balance_after: string
  readonly consumed_after: string
  readonly event_id: string | null
  readonly cost_id: string | null
  readonly grant_id: string | null
  readonly shares: SharesJson | null
  readonly paid_by: string | null
  readonly reservation_id: string | null
  readonly operation: string | null
  readonly description: string | null
  readonly resource_type: string | null
  readonly resource_id: string | null
}

/** The columns of an entry. */
export const ENTRY_COLUMNS = defineColumns<TenantEntry>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('wallet_id', 'uuid', ({ entry }) => entry.walletId),
  column('sequence', 'bigint', ({ entry }) => entry.sequence),
  column('kind', 'text', ({ entry }) => entry.kind),
  column('occurred_at', 'timestamptz', ({ entry }) => entry.occurredAt),
  column('recorded_at', 'timestamptz', ({ entry }) => entry.recordedAt),
  ...LEDGER_ACCOUNTS.map(account =>
    column(account, 'numeric', ({ entry }: TenantEntry) => entry.postings.find(posting => posting.account === account)?.amount),
  ),
  column('balance_after', 'numeric', ({ entry }) => entry.balanceAfter),
  column('consumed_after', 'numeric', ({ entry }) => entry.consumedAfter),
  column('event_id', 'uuid', ({ entry }) => entry.eventId),
  column('cost_id', 'uuid', ({ entry }) => entry.costId),
  column('grant_id', 'uuid', ({ entry }) => entry.grantId),
  column('shares', 'jsonb', ({ entry }) => (entry.shares.length === 0 || paidBy(entry) !== null ? null : sharesJson(entry.shares))),
  column('paid_by', 'uuid', ({ entry }) => paidBy(entry)),
  column('reservation_id', 'text', ({ entry }) => entry.reservationId),
  column('operation', 'text', ({ entry }) => entry.operation),
  column('description', 'text', ({ entry }) => entry.description),
  column('resource_type', 'text', ({ entry }) => entry.resourceType),
  column('resource_id', 'text', ({ entry }) => entry.resourceId),
])

/** The select list of an `EntryRow`. */
export const SELECT_ENTRY = `wallet_id, sequence::text as sequence, kind, occurred_at, recorded_at, ${LEDGER_ACCOUNTS.join(', ')}, balance_after, consumed_after,
  event_id, cost_id, grant_id, shares, paid_by, reservation_id, operation, description, resource_type, resource_id`

/** Returns the grant that paid the whole debit, which is the common case and needs no list of shares. */
function paidBy({ kind, shares: [share, ...others], postings }: CreditEntry): string | null {
  if (kind !== 'debit' || share === undefined || others.length > 0) return null
  const isWhole = postings.some(({ account, amount }) => account === 'consumed' && amount.eq(share.amount))
  return isWhole ? share.grantId : null
}

/** Reads an entry from its row. */
export function entryOf(row: EntryRow): CreditEntry {
  const postings = LEDGER_ACCOUNTS.flatMap((account): Posting[] => {
    const amount = decimalOrNull(row[account])
    return amount === null ? [] : [{ account, amount }]
  })
  const amountOf = (account: LedgerAccount) => postings.find(posting => posting.account === account)?.amount ?? ZERO
  return {
    walletId: row.wallet_id,
    sequence: Number(row.sequence),
    kind: row.kind,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    recordedAt: Temporal.Instant.from(row.recorded_at),
    postings,
    amount: amountOf('available').plus(amountOf('reserved')),
    balanceAfter: new Decimal(row.balance_after),
    consumedAfter: new Decimal(row.consumed_after),
    eventId: row.event_id,
    costId: row.cost_id,
    grantId: row.grant_id,
    shares: row.paid_by === null ? readSharesJson(row.shares ?? []) : [{ grantId: row.paid_by, amount: amountOf('consumed') }],
    reservationId: row.reservation_id,
    operation: row.operation,
    description: row.description,
    resourceType: row.resource_type,
    resourceId: row.resource_id,
  }
}
