import { isUuid, type Page, type PageRequest, tenantScope, toPage } from '@tollgate/kernel'
import { awaitAll, type PostgresDatabase, type PostgresTransaction, textArray } from '@tollgate/postgres'
import type { DebitTarget, ReservationHolder, ReservationOfTenant, TenantOwners } from '../credit-store.ts'
import type { WalletState } from '../engine/wallet-state.ts'
import { CreditsOverloaded } from '../model/errors.ts'
import { type DebitRule, STANDARD_DEBIT_RULE } from '../model/debit-rule.ts'
import type { Wallet, WalletOwner } from '../model/wallet.ts'
import { ownerScope } from './owner-scope.ts'
import { allowanceOf, type AllowanceRow, SELECT_ALLOWANCE } from './tables/allowances.ts'
import { grantOf, type GrantRow, SELECT_GRANT } from './tables/grants.ts'
import { reservationOf, type ReservationRow, SELECT_RESERVATION } from './tables/reservations.ts'
import { querySource, type Source } from './query-source.ts'
import { NEW_WALLET, SELECT_WALLET, walletOf, type WalletRow } from './tables/wallets.ts'

const RETRY_AFTER_MS = 100

// Uses the unique index (tenant_id, customer_id).
const OWNERS_WALLETS = {
  name: 'credits_wallets_of_owners',
  text: `select ${SELECT_WALLET} from credits.wallets where tenant_id = $1 and customer_id = any ($2::text[])
    union all select ${SELECT_WALLET} from credits.wallets where tenant_id = $1 and customer_id is null and $3::boolean`,
}

/** Reads the wallets of owners of one tenant. */
export async function readWallets(source: Source, tenantId: string, customerIds: readonly (string | null)[]): Promise<readonly Wallet[]> {
  const customers = customerIds.filter(id => id !== null)
  const rows = await querySource<WalletRow>(source, tenantScope(tenantId), {
    statement: OWNERS_WALLETS,
    values: [tenantId, textArray(customers), customers.length < customerIds.length],
  })
  return rows.map(walletOf)
}

/** Reads the wallet of an owner, in the scope of the owner. */
export async function readWallet(database: PostgresDatabase, owner: WalletOwner): Promise<Wallet | undefined> {
  const { tenantId, customerId } = owner
  const values = [tenantId, textArray(customerId === null ? [] : [customerId]), customerId === null]
  const [row] = await database.query<WalletRow>(ownerScope(owner), OWNERS_WALLETS, values)
  return row && walletOf(row)
}

// Uses open_grants.
const OPEN_GRANTS = `select ${SELECT_GRANT} from credits.grants where tenant_id = $1 and wallet_id = $2 and is_open`
// Uses open_reservations.
const OPEN_RESERVATIONS = `select ${SELECT_RESERVATION} from credits.reservations where tenant_id = $1 and wallet_id = $2 and state = 'open'`
// Uses the primary key (tenant_id, wallet_id, id).
const ALLOWANCES = `select ${SELECT_ALLOWANCE} from credits.allowances where tenant_id = $1 and wallet_id = $2`

/** How often a wallet is read again because it changed meanwhile. */
const MAX_READS = 10

/** Reads the wallet of an owner with its open grants, open reservations and allowances, as of one moment. Locks nothing. */
export async function readState(database: PostgresDatabase, owner: WalletOwner): Promise<WalletState | undefined> {
  const { tenantId, customerId } = owner
  const found = await readWallet(database, owner)
  if (found === undefined) return undefined
  const ref = [tenantId, found.id]
  for (let i = 0; i < MAX_READS; i++) {
    const [[before], grants, reservations, allowances, [after]] = await database.transaction(ownerScope(owner), transaction =>
      awaitAll([
        readWallets(transaction, tenantId, [customerId]),
        transaction.query<GrantRow>(OPEN_GRANTS, ref),
        transaction.query<ReservationRow>(OPEN_RESERVATIONS, ref),
        transaction.query<AllowanceRow>(ALLOWANCES, ref),
        readWallets(transaction, tenantId, [customerId]),
      ]),
    )
    // Each change of a wallet adds an entry, so that equal sequences mean that nothing changed in between.
    if (before === undefined || before.sequence !== after?.sequence) continue
    return { wallet: before, grants: grants.map(grantOf), reservations: reservations.map(reservationOf), allowances: allowances.map(allowanceOf) }
  }
  throw new CreditsOverloaded(RETRY_AFTER_MS)
}

const INSERT_WALLET = `insert into credits.wallets (${NEW_WALLET.names}) select ${NEW_WALLET.unnest(1)} on conflict (tenant_id, customer_id) do nothing
  returning id`

/** Creates a wallet, and returns whether it did: not if its owner has one. */
export async function createWallet(transaction: PostgresTransaction, wallet: Wallet): Promise<boolean> {
  return (await transaction.query(INSERT_WALLET, NEW_WALLET.values([wallet]))).length > 0
}

// Uses the unique index (tenant_id, customer_id), in which null comes last.
const FIRST_PAGE = `select ${SELECT_WALLET} from credits.wallets where tenant_id = $1 order by customer_id nulls first limit $2`
const NEXT_PAGE = `select ${SELECT_WALLET} from credits.wallets
  where tenant_id = $1 and customer_id > coalesce((select customer_id from credits.wallets where tenant_id = $1 and id = $3), '')
  order by customer_id limit $2`

/** Lists the wallets of a tenant: its own first, then by customer. */
export async function listWallets(database: PostgresDatabase, tenantId: string, { first, after }: PageRequest): Promise<Page<Wallet>> {
  const rows =
    after === undefined
      ? await database.query<WalletRow>(tenantScope(tenantId), FIRST_PAGE, [tenantId, first + 1])
      : isUuid(after)
        ? await database.query<WalletRow>(tenantScope(tenantId), NEXT_PAGE, [tenantId, first + 1, after])
        : []
  return toPage(rows.map(walletOf), first)
}

/** Returns the wallet that has a grant or reservation. */
export async function walletIdOf(
  database: PostgresDatabase,
  tenantId: string,
  what: { readonly grantId: string } | { readonly reservationId: string },
): Promise<string | undefined> {
  if ('grantId' in what && !isUuid(what.grantId)) return undefined
  const [table, id] = 'grantId' in what ? ['grants', what.grantId] : ['reservations', what.reservationId]
  const [row] = await database.query<{ wallet_id: string }>(tenantScope(tenantId), `select wallet_id from credits.${table} where tenant_id = $1 and id = $2`, [
    tenantId,
    id,
  ])
  return row?.wallet_id
}

// Uses the unique index (tenant_id, customer_id), and the primary key of debit_rules. Costs are counted only if there is a wallet.
const DEBIT_TARGETS = {
  name: 'credits_debit_targets',
  text: `with found as (
      select wallet.tenant_id, wallet.customer_id, wallet.id
      from credits.wallets as wallet where wallet.tenant_id = any ($1::text[]) and wallet.customer_id is null
      union all
      select wallet.tenant_id, wallet.customer_id, wallet.id
      from unnest($2::text[], $3::text[]) as asked (tenant_id, customer_id)
        join credits.wallets as wallet on wallet.tenant_id = asked.tenant_id and wallet.customer_id = asked.customer_id
    )
    select found.tenant_id, found.customer_id, found.id, rules.rule, (select count(*) from credits.costs)::text as cost_versions
    from found left join credits.debit_rules as rules on rules.tenant_id = found.tenant_id`,
}

interface DebitTargetRow {
  readonly tenant_id: string
  readonly customer_id: string | null
  readonly id: string
  readonly rule: DebitRule | null
  readonly cost_versions: string
}

/** Returns the wallets that usage may debit. */
export async function readDebitTargets(transaction: PostgresTransaction, owners: readonly TenantOwners[]): Promise<readonly DebitTarget[]> {
  const tenants: string[] = []
  const [tenantsOfCustomers, customers]: [string[], string[]] = [[], []]
  for (const { tenantId, customerIds } of owners) {
    tenants.push(tenantId)
    for (const customerId of customerIds) {
      tenantsOfCustomers.push(tenantId)
      customers.push(customerId)
    }
  }
  const rows = await transaction.query<DebitTargetRow>(DEBIT_TARGETS, [textArray(tenants), textArray(tenantsOfCustomers), textArray(customers)])
  return rows.map(row => ({
    tenantId: row.tenant_id,
    customerId: row.customer_id,
    walletId: row.id,
    rule: row.rule ?? STANDARD_DEBIT_RULE,
    costVersions: Number(row.cost_versions),
  }))
}

// Uses the primary key (tenant_id, id) of reservations.
const HOLDERS = `select tenant_id, id, wallet_id from credits.reservations
  where tenant_id = any ($1::text[]) and id = any ($2::text[])`

interface HolderRow {
  readonly tenant_id: string
  readonly id: string
  readonly wallet_id: string
}

/** Returns the wallets that have reservations. */
export async function readHolders(transaction: PostgresTransaction, reservations: readonly ReservationOfTenant[]): Promise<readonly ReservationHolder[]> {
  const [tenants, ids] = [new Set(reservations.map(({ tenantId }) => tenantId)), reservations.map(({ reservationId }) => reservationId)]
  const rows = await transaction.query<HolderRow>(HOLDERS, [textArray([...tenants]), textArray(ids)])
  return rows.map(row => ({ tenantId: row.tenant_id, reservationId: row.id, walletId: row.wallet_id }))
}

const DEBIT_RULE = 'select rule from credits.debit_rules where tenant_id = $1'

/** Returns which wallet usage of a tenant debits. */
export async function readDebitRule(database: PostgresDatabase, tenantId: string): Promise<DebitRule> {
  const [row] = await database.query<{ rule: DebitRule }>(tenantScope(tenantId), DEBIT_RULE, [tenantId])
  return row?.rule ?? STANDARD_DEBIT_RULE
}

const WRITE_DEBIT_RULE = 'insert into credits.debit_rules (tenant_id, rule) values ($1, $2) on conflict (tenant_id) do update set rule = excluded.rule'

/** Changes which wallet usage of a tenant debits. */
export async function writeDebitRule(database: PostgresDatabase, tenantId: string, rule: DebitRule): Promise<void> {
  await database.query(tenantScope(tenantId), WRITE_DEBIT_RULE, [tenantId, rule])
}
