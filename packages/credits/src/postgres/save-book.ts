import { awaitAll, defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { CreditBook, UsedKey } from '../engine/credit-book.ts'
import { nextDueOf } from '../engine/next-due.ts'
import { insertDebitRuns } from './insert-debit-runs.ts'
import { saveAlerts } from './save-alerts.ts'
import { saveDebited } from './save-debited.ts'
import { ALLOWANCE_COLUMNS, type WalletAllowance } from './tables/allowances.ts'
import { ENTRY_COLUMNS, type TenantEntry } from './tables/entries.ts'
import { GRANT_COLUMNS, type TenantGrant } from './tables/grants.ts'
import { RESERVATION_COLUMNS, type TenantReservation } from './tables/reservations.ts'
import { type TenantTopUp, TOP_UP_COLUMNS } from './tables/top-ups.ts'
import { WALLET_CHANGES } from './tables/wallets.ts'

const UPDATED = WALLET_CHANGES.list.map(({ name }) => name).filter(name => name !== 'tenant_id' && name !== 'id')

const UPDATE_WALLETS = {
  name: 'credits_update_wallets',
  text: `update credits.wallets as wallet set ${UPDATED.map(name => `${name} = changed.${name}`).join(', ')}
    from ${WALLET_CHANGES.unnestAs('changed', 1)} where wallet.tenant_id = changed.tenant_id and wallet.id = changed.id`,
}

const SAVE_GRANTS = {
  name: 'credits_save_grants',
  text: `insert into credits.grants (${GRANT_COLUMNS.names}) select ${GRANT_COLUMNS.unnest(1)}
    on conflict (tenant_id, id) do update set remaining = excluded.remaining, held = excluded.held, state = excluded.state,
      expiry_alerted_at = excluded.expiry_alerted_at`,
}

const SAVE_RESERVATIONS = `insert into credits.reservations (${RESERVATION_COLUMNS.names}) select ${RESERVATION_COLUMNS.unnest(1)}
  on conflict (tenant_id, id) do update set state = excluded.state, expires_at = excluded.expires_at, shares = excluded.shares`

const SAVE_ALLOWANCES = `insert into credits.allowances (${ALLOWANCE_COLUMNS.names}) select ${ALLOWANCE_COLUMNS.unnest(1)}
  on conflict (tenant_id, wallet_id, id) do update set amount = excluded.amount, priority = excluded.priority, rollover = excluded.rollover,
    anchor_day = excluded.anchor_day, time_zone = excluded.time_zone, next_at = excluded.next_at, ends_at = excluded.ends_at`

const SAVE_TOP_UPS = `insert into credits.top_ups (${TOP_UP_COLUMNS.names}) select ${TOP_UP_COLUMNS.unnest(1)}
  on conflict (tenant_id, id) do update set state = excluded.state, grant_id = excluded.grant_id, reason = excluded.reason`

const INSERT_ENTRIES = {
  name: 'credits_insert_entries',
  text: `insert into credits.entries (${ENTRY_COLUMNS.names}) select ${ENTRY_COLUMNS.unnest(1)}`,
}

interface TenantKey {
  readonly tenantId: string
  readonly key: string
  readonly use: UsedKey
}

const KEY_COLUMNS = defineColumns<TenantKey>(column => [
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('key', 'text', ({ key }) => key),
  column('fingerprint', 'text', ({ use }) => use.fingerprint),
  column('grant_id', 'uuid', ({ use }) => use.grantId),
])
const INSERT_KEYS = `insert into credits.keys (${KEY_COLUMNS.names}) select ${KEY_COLUMNS.unnest(1)}`

/** Keys that were loaded, and so are not inserted. */
export type KnownKeys = ReadonlySet<string>

/** Writes what commands changed, in one round trip. */
export async function saveBook(transaction: PostgresTransaction, tenantId: string, book: CreditBook, known: KnownKeys): Promise<void> {
  const all = [...book.wallets.values()]
  const debited = all.filter(({ isOnlyDebited }) => isOnlyDebited)
  const drafts = debited.length === 0 ? all : all.filter(({ isOnlyDebited }) => !isOnlyDebited)
  const entries = drafts.flatMap(draft => draft.entries.map((entry): TenantEntry => ({ tenantId, entry })))
  const grants = drafts.flatMap(draft => [...draft.changedGrants.values()].map((grant): TenantGrant => ({ tenantId, grant })))
  const reservations = drafts.flatMap(draft => [...draft.changedReservations.values()].map((reservation): TenantReservation => ({ tenantId, reservation })))
  const allowances = drafts.flatMap(draft =>
    [...draft.changedAllowances.values()].map((allowance): WalletAllowance => ({ tenantId, walletId: draft.id, allowance })),
  )
  const topUps = drafts.flatMap(draft => [...draft.changedTopUps.values()].map((topUp): TenantTopUp => ({ tenantId, topUp })))
  const keys = [...book.keys].filter(([key]) => !known.has(key)).map(([key, use]): TenantKey => ({ tenantId, key, use }))
  const changed = drafts.filter(({ isChanged }) => isChanged)
  await awaitAll([
    ...(changed.length === 0
      ? []
      : [transaction.query(UPDATE_WALLETS, WALLET_CHANGES.values(changed.map(draft => ({ wallet: draft.wallet(), nextDue: nextDueOf(draft, book.now) }))))]),
    ...(grants.length === 0 ? [] : [transaction.query(SAVE_GRANTS, GRANT_COLUMNS.values(grants))]),
    ...(reservations.length === 0 ? [] : [transaction.query(SAVE_RESERVATIONS, RESERVATION_COLUMNS.values(reservations))]),
    ...(allowances.length === 0 ? [] : [transaction.query(SAVE_ALLOWANCES, ALLOWANCE_COLUMNS.values(allowances))]),
    ...(topUps.length === 0 ? [] : [transaction.query(SAVE_TOP_UPS, TOP_UP_COLUMNS.values(topUps))]),
    ...(entries.length === 0 ? [] : [transaction.query(INSERT_ENTRIES, ENTRY_COLUMNS.values(entries))]),
    saveDebited(transaction, tenantId, debited),
    insertDebitRuns(transaction, tenantId, all),
    ...(keys.length === 0 ? [] : [transaction.query(INSERT_KEYS, KEY_COLUMNS.values(keys))]),
    saveAlerts(transaction, tenantId, drafts),
  ])
}
