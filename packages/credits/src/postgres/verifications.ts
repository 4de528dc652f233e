import { Decimal, OPERATOR_SCOPE, type Temporal, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, uuidArray } from '@tollgate/postgres'
import type { LedgerSums, VerificationProgress } from '../credit-store.ts'
import { LEDGER_ACCOUNTS, type LedgerAccount } from '../model/account.ts'
import { SELECT_WALLET, walletOf, type WalletRow } from './tables/wallets.ts'

// Of a row of several entries, what its entries take.
const TAKEN_BY_RUN = '(select sum(amount) from unnest(line.amounts) as amount)'

/** Expression for the amount of an account in a row of entries. */
function amountOf(account: LedgerAccount): string {
  if (account !== 'available' && account !== 'consumed') return `line.${account}`
  return `case when line.entry_count = 1 then line.${account} else ${account === 'available' ? '-' : ''}${TAKEN_BY_RUN} end`
}

const SUMS = LEDGER_ACCOUNTS.map(account => `coalesce(sum(${amountOf(account)}), 0) as sum_of_${account}`).join(', ')

type SumsRow = WalletRow & { readonly entries: string } & Readonly<Record<`sum_of_${LedgerAccount}`, string>>

// Uses the primary keys (tenant_id, id) and (tenant_id, wallet_id, sequence). One statement reads balances and entries as of one moment.
const ADD_UP_ENTRIES = `select ${SELECT_WALLET}, totals.*
  from credits.wallets, lateral (
    select coalesce(sum(line.entry_count) filter (where line.sequence between 1 and wallets.sequence), 0)::text as entries, ${SUMS}
    from credits.entries as line where line.tenant_id = $1 and line.wallet_id = wallets.id
  ) as totals
  where wallets.tenant_id = $1 and wallets.id = any ($2::uuid[])`

/** Adds up the entries of wallets. */
export async function addUpEntries(database: PostgresDatabase, tenantId: string, walletIds: readonly string[]): Promise<readonly LedgerSums[]> {
  const rows = await database.query<SumsRow>(tenantScope(tenantId), ADD_UP_ENTRIES, [tenantId, uuidArray(walletIds)])
  return rows.map(row => ({
    wallet: walletOf(row),
    entries: Number(row.entries),
    sums: Object.fromEntries(LEDGER_ACCOUNTS.map(account => [account, new Decimal(row[`sum_of_${account}`])])) as LedgerSums['sums'],
  }))
}

// Reads every wallet by its index. Runs once an hour.
const TENANTS_TO_VERIFY = `select owners.tenant_id
  from (select distinct tenant_id from credits.wallets) as owners left join credits.verifications as verified using (tenant_id)
  where verified.finished_at is null or verified.finished_at < $1::timestamptz
  order by verified.finished_at nulls first, owners.tenant_id limit $2`

/** Returns tenants whose ledgers were not verified since a time, the longest ago first. */
export async function readTenantsToVerify(database: PostgresDatabase, before: Temporal.Instant, first: number): Promise<readonly string[]> {
  const rows = await database.query<{ tenant_id: string }>(OPERATOR_SCOPE, TENANTS_TO_VERIFY, [before.toString(), first])
  return rows.map(({ tenant_id }) => tenant_id)
}

const PROGRESS = 'select after_wallet, differing_so_far from credits.verifications where tenant_id = $1'

/** Returns where the verification of a tenant resumes. */
export async function readVerificationProgress(database: PostgresDatabase, tenantId: string): Promise<Omit<VerificationProgress, 'finishedAt'>> {
  const [row] = await database.query<{ after_wallet: string | null; differing_so_far: number }>(tenantScope(tenantId), PROGRESS, [tenantId])
  return { after: row?.after_wallet ?? null, differing: row?.differing_so_far ?? 0 }
}

const SAVE = `insert into credits.verifications as verified (tenant_id, after_wallet, differing_so_far, finished_at, differing)
  values ($1, $2::uuid, case when $4::timestamptz is null then $3::int else 0 end, $4::timestamptz, $3::int)
  on conflict (tenant_id) do update set
    after_wallet = excluded.after_wallet,
    differing_so_far = excluded.differing_so_far,
    finished_at = coalesce(excluded.finished_at, verified.finished_at),
    differing = case when excluded.finished_at is null then greatest(verified.differing, excluded.differing) else excluded.differing end`

/** Saves how far the verification of a tenant is. */
export async function saveVerification(database: PostgresDatabase, tenantId: string, { after, differing, finishedAt }: VerificationProgress): Promise<void> {
  await database.query(tenantScope(tenantId), SAVE, [tenantId, after, differing, finishedAt?.toString() ?? null])
}

/** Returns how many wallets of all tenants differed from their entries when they were verified last. */
export async function countDifferingWallets(database: PostgresDatabase): Promise<number> {
  const [row] = await database.query<{ count: string }>(OPERATOR_SCOPE, 'select coalesce(sum(differing), 0)::text as count from credits.verifications')
  return Number(row?.count ?? 0)
}
