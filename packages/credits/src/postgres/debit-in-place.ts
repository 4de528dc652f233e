import { Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import { awaitAll, defineColumns, type PostgresTransaction, timestampArray, uuidArray } from '@tollgate/postgres'
import type { DebitCommand, WalletCommand } from '../engine/command.ts'
import { walletsOfCommand } from '../engine/wallets-of-command.ts'
import { DEBIT_ROW_COLUMNS, type DebitRow, insertDebitRows, splitDebits } from './debit-rows.ts'

/** The debits of a wallet. */
interface WalletDebits {
  readonly walletId: string
  readonly total: Decimal
  readonly entries: number
}

const WALLETS = defineColumns<WalletDebits>(column => [
  column('wallet_id', 'uuid', ({ walletId }) => walletId),
  column('total', 'numeric', ({ total }) => total),
  column('entries', 'integer', ({ entries }) => entries),
])

/** A row of debits, and its wallet. */
interface WalletRow extends DebitRow {
  readonly walletId: string
}

const ROWS = defineColumns<WalletRow>(column => [column('wallet_id', 'uuid', ({ walletId }) => walletId), ...DEBIT_ROW_COLUMNS])

// Uses the primary key (tenant_id, id). In order of the id, so that transactions cannot deadlock.
const LOCK = {
  name: 'credits_lock_debited',
  text: 'select from credits.wallets where tenant_id = $1 and id = any ($2::uuid[]) order by id for update',
}

const NOW = '$4::timestamptz'
const FIRST_WALLET = 5
const FIRST_ROW = FIRST_WALLET + WALLETS.list.length

// Uses the primary keys (tenant_id, id) and open_grants. A wallet is left out if a debit would do more to it than change balances:
// `compareSpendOrder`, `roomOfRun`, `hasRoom`, `alertingAmount`, `advance`, `watchWallet` and `watchTopUp` say what. The tenant is not a constant in the joins: a plan that
// expects few rows would compare each wallet of the tenant with each that is debited.
const DEBIT = {
  name: 'credits_debit_in_place',
  text: `with asked as materialized (select $1::text as tenant_id, * from ${WALLETS.unnestAs('given', FIRST_WALLET)}),
    debited as materialized (
      select asked.*, wallet.available, wallet.consumed, wallet.sequence, greatest(wallet.updated_at, ${NOW}) as recorded_at, spent.id as paid_by
      from asked join credits.wallets as wallet on wallet.tenant_id = asked.tenant_id and wallet.id = asked.wallet_id
        cross join lateral (
          select id, remaining from credits.grants
          where grants.tenant_id = asked.tenant_id and grants.wallet_id = asked.wallet_id and is_open and state = 'active' and remaining > 0
          order by priority, expires_at, effective_at, id limit 1
        ) as spent
      where (wallet.next_due is null or wallet.next_due > ${NOW}) and wallet.reserved = 0 and wallet.available > 0
        and (wallet.terms ->> 'topUp') is null and (wallet.terms #>> '{alerts,daysLeft}') is null
        and asked.total <= spent.remaining
        and asked.total < wallet.available - coalesce((
          select max(threshold::numeric) from jsonb_array_elements_text(wallet.terms #> '{alerts,below}') as threshold
          where threshold::numeric < wallet.available and threshold::numeric > 0
        ), 0)
    ),
    changed_wallets as (
      update credits.wallets as wallet set available = debited.available - total, consumed = debited.consumed + total,
        sequence = debited.sequence + entries, updated_at = recorded_at
      from debited where wallet.tenant_id = debited.tenant_id and wallet.id = debited.wallet_id
    ),
    changed_grants as (
      update credits.grants as spent set remaining = remaining - total
      from debited where spent.tenant_id = debited.tenant_id and spent.id = debited.paid_by and total > 0
    ),
    entries as (
      ${insertDebitRows(`(
        select line.*, recorded_at, paid_by, available - sum(amount) over so_far as balance_after, consumed + sum(amount) over so_far as consumed_after,
          debited.sequence + 1 + sum(entry_count) over so_far - entry_count as sequence
        from ${ROWS.unnestAs('line', FIRST_ROW)} join debited using (wallet_id)
        window so_far as (partition by line.wallet_id order by first rows unbounded preceding)
      ) as lines`)}
    )
    select wallet_id, (available - total)::text as available from debited`,
}

/**
 * Debits wallets in the database, without reading them, so that nothing waits for the server while they are locked. Handles
 * only the usual case: one grant pays, nothing is due, no alert is raised. Returns the available credits of the wallets that it
 * debited. The other wallets are locked and unchanged.
 */
export async function debitInPlace(
  transaction: PostgresTransaction,
  { tenantId, commands, now }: { readonly tenantId: string; readonly commands: readonly WalletCommand[]; readonly now: Temporal.Instant },
): Promise<ReadonlyMap<string, Decimal>> {
  const debited = onlyDebited(commands)
  if (debited.length === 0) return NONE
  const wallets: WalletDebits[] = []
  const rows: WalletRow[] = []
  let first = 1
  for (const { walletId, debits } of debited) {
    let total = ZERO
    for (const row of splitDebits(debits, first)) {
      rows.push({ walletId, ...row })
      total = total.plus(row.amount)
    }
    wallets.push({ walletId, total, entries: debits.length })
    first += debits.length
  }
  const debits = debited.flatMap(command => command.debits)
  const times = timestampArray(debits.map(({ occurredAt }) => occurredAt))
  const events = uuidArray(debits.map(({ eventId }) => eventId))
  const values = [tenantId, times, events, now.toString(), ...WALLETS.values(wallets), ...ROWS.values(rows)]
  const [, done] = await awaitAll([
    transaction.query(LOCK, [tenantId, uuidArray([...new Set(commands.flatMap(walletsOfCommand))])]),
    transaction.query<{ wallet_id: string; available: string }>(DEBIT, values),
  ])
  return new Map(done.map(({ wallet_id, available }) => [wallet_id, new Decimal(available)]))
}

const NONE: ReadonlyMap<string, Decimal> = new Map()

/** Returns the debits of wallets that no other command concerns. */
function onlyDebited(commands: readonly WalletCommand[]): readonly DebitCommand[] {
  const counts = new Map<string, number>()
  for (const walletId of commands.flatMap(walletsOfCommand)) counts.set(walletId, (counts.get(walletId) ?? 0) + 1)
  return commands.filter(command => command.kind === 'debit').filter(({ walletId, debits }) => counts.get(walletId) === 1 && debits.length > 0)
}
