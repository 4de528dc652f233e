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

/**
 * The select list of an `EntryRow`, and what follows `from`: rows of `credits.entries`, named `line`, each with the entries
 * that it holds.
 */
export const SELECT_ENTRY = `line.wallet_id, (line.sequence + entry.position)::text as sequence, line.kind, entry.occurred_at, line.recorded_at,
  line.granted, entry.available, line.reserved, entry.consumed, line.expired, line.adjusted, entry.balance_after, entry.consumed_after,
  entry.event_id, entry.cost_id, line.grant_id, line.shares, entry.paid_by, line.reservation_id,
  entry.operation, entry.description, entry.resource_type, entry.resource_id`

/** Joins each row named `line` with its entries. Their position counts from 0. */
export const JOIN_ENTRIES = `cross join lateral (
    select 0 as position, line.occurred_at, line.available, line.consumed, line.balance_after, line.consumed_after, line.event_id, line.cost_id,
      line.paid_by, line.operation, line.description, line.resource_type, line.resource_id
    where line.entry_count = 1
    union all
    select n - 1, debit.occurred_at, nullif(-amount, 0), nullif(amount, 0), line.balance_after + later, line.consumed_after - later, debit.event_id,
      case when reason is null then line.cost_id else (reason ->> 'cost_id')::uuid end,
      case when amount <> 0 then line.paid_by end,
      ${['operation', 'description', 'resource_type', 'resource_id'].map(name => `case when reason is null then line.${name} else reason ->> '${name}' end`).join(', ')}
    from (
      select *, line.reasons -> (n - 1)::int as reason, coalesce(sum(amount) over (order by n desc rows between unbounded preceding and 1 preceding), 0) as later
      from unnest(line.amounts, line.occurred_ats, line.event_ids) with ordinality as debit (amount, occurred_at, event_id, n)
    ) as debit
    where line.entry_count > 1
  ) as entry`

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
