import type { IdSource } from '@tollgate/kernel'
import { awaitAll, type PostgresTransaction, textArray, uuidArray } from '@tollgate/postgres'
import type { TenantCommands } from '../credit-store.ts'
import type { WalletCommand } from '../engine/command.ts'
import type { CreditBook, UsedKey } from '../engine/credit-book.ts'
import { topUpsOfCommands } from '../engine/top-ups-of-commands.ts'
import { walletsOfCommand } from '../engine/wallets-of-command.ts'
import { WalletDraft } from '../engine/wallet-draft.ts'
import { allowanceOf, type AllowanceRow, SELECT_ALLOWANCE } from './tables/allowances.ts'
import { grantOf, type GrantRow, SELECT_GRANT } from './tables/grants.ts'
import { reservationOf, type ReservationRow, SELECT_RESERVATION } from './tables/reservations.ts'
import { SELECT_TOP_UP, topUpOf, type TopUpRow } from './tables/top-ups.ts'
import { SELECT_WALLET, walletOf, type WalletRow } from './tables/wallets.ts'

// Uses the primary key (tenant_id, id). In order of the id, so that transactions cannot deadlock.
const LOCK_WALLETS = {
  name: 'credits_lock_wallets',
  text: `select ${SELECT_WALLET} from credits.wallets where tenant_id = $1 and id = any ($2::uuid[]) order by id for update`,
}

// Uses open_grants.
const OPEN_GRANTS = {
  name: 'credits_open_grants',
  text: `select ${SELECT_GRANT} from credits.grants where tenant_id = $1 and wallet_id = any ($2::uuid[]) and is_open`,
}

// Uses the primary keys (tenant_id, key) and (tenant_id, id).
const GRANTS_OF_KEYS = `select ${SELECT_GRANT} from credits.grants
  where tenant_id = $1 and id in (select grant_id from credits.keys where tenant_id = $1 and key = any ($2::text[]))`

// Uses the primary key (tenant_id, id).
const NAMED_GRANTS = `select ${SELECT_GRANT} from credits.grants where tenant_id = $1 and id = any ($2::uuid[])`

// Uses open_reservations.
const EXPIRED_RESERVATIONS = {
  name: 'credits_expired_reservations',
  text: `select ${SELECT_RESERVATION} from credits.reservations
    where tenant_id = $1 and wallet_id = any ($2::uuid[]) and state = 'open' and expires_at <= $3::timestamptz`,
}

// Uses the primary key (tenant_id, id).
const NAMED_RESERVATIONS = `select ${SELECT_RESERVATION} from credits.reservations where tenant_id = $1 and id = any ($2::text[])`

// Uses the primary key (tenant_id, wallet_id, id).
const ALLOWANCES = {
  name: 'credits_allowances',
  text: `select ${SELECT_ALLOWANCE} from credits.allowances where tenant_id = $1 and wallet_id = any ($2::uuid[])`,
}

// Uses the primary key (tenant_id, key).
const KEYS = 'select key, fingerprint, grant_id from credits.keys where tenant_id = $1 and key = any ($2::text[])'

// Uses the primary key (tenant_id, id). Locked, because `claimTopUps` changes top-ups without their wallet.
const NAMED_TOP_UPS = `select ${SELECT_TOP_UP} from credits.top_ups where tenant_id = $1 and id = any ($2::uuid[]) for update`

interface KeyRow extends Pick<UsedKey, 'fingerprint'> {
  readonly key: string
  readonly grant_id: string | null
}

/** Locks the wallets of commands, and reads what the commands need of them, in one round trip. */
export async function loadBook(transaction: PostgresTransaction, { tenantId, commands, now }: TenantCommands, ids: IdSource): Promise<CreditBook> {
  const wallets = uuidArray([...new Set(commands.flatMap(walletsOfCommand))])
  const keys = commands.flatMap(keysOf)
  const reservationIds = commands.flatMap(command => ('reservationId' in command ? command.reservationId : []))
  const grantIds = commands.flatMap(command => (command.kind === 'void' ? command.grantId : []))
  const topUpIds = topUpsOfCommands(commands)
  const [walletRows, grants, keyGrants, namedGrants, expired, named, allowances, keyRows, topUps] = await awaitAll([
    transaction.query<WalletRow>(LOCK_WALLETS, [tenantId, wallets]),
    transaction.query<GrantRow>(OPEN_GRANTS, [tenantId, wallets]),
    keys.length === 0 ? NO_ROWS : transaction.query<GrantRow>(GRANTS_OF_KEYS, [tenantId, textArray(keys)]),
    grantIds.length === 0 ? NO_ROWS : transaction.query<GrantRow>(NAMED_GRANTS, [tenantId, uuidArray(grantIds)]),
    transaction.query<ReservationRow>(EXPIRED_RESERVATIONS, [tenantId, wallets, now.toString()]),
    reservationIds.length === 0 ? NO_ROWS : transaction.query<ReservationRow>(NAMED_RESERVATIONS, [tenantId, textArray(reservationIds)]),
    transaction.query<AllowanceRow>(ALLOWANCES, [tenantId, wallets]),
    keys.length === 0 ? NO_ROWS : transaction.query<KeyRow>(KEYS, [tenantId, textArray(keys)]),
    topUpIds.length === 0 ? NO_ROWS : transaction.query<TopUpRow>(NAMED_TOP_UPS, [tenantId, uuidArray(topUpIds)]),
  ])
  const grantsOf = byWallet([...keyGrants, ...namedGrants, ...grants], grantOf)
  const reservationsOf = byWallet([...expired, ...named], reservationOf)
  const allowancesOf = byWallet(allowances, allowanceOf)
  const topUpsOf = byWallet(topUps, topUpOf)
  const drafts = walletRows.map(row => {
    const wallet = walletOf(row)
    const { id } = wallet
    const state = { wallet, grants: grantsOf(id), reservations: reservationsOf(id), allowances: allowancesOf(id), topUps: topUpsOf(id) }
    return new WalletDraft(state, now)
  })
  return {
    wallets: new Map(drafts.map(draft => [draft.id, draft])),
    keys: new Map(keyRows.map(({ key, fingerprint, grant_id }) => [key, { fingerprint, grantId: grant_id }])),
    now,
    ids,
  }
}

/** Reads rows, and returns those of a wallet. */
function byWallet<Row extends { readonly wallet_id: string }, Item>(rows: readonly Row[], itemOf: (row: Row) => Item): (walletId: string) => readonly Item[] {
  const items = new Map<string, Item[]>()
  for (const row of rows) {
    const ofWallet = items.get(row.wallet_id)
    if (ofWallet === undefined) items.set(row.wallet_id, [itemOf(row)])
    else ofWallet.push(itemOf(row))
  }
  return walletId => items.get(walletId) ?? []
}

const NO_ROWS: Promise<never[]> = Promise.resolve([])

function keysOf(command: WalletCommand): readonly string[] {
  return 'once' in command && command.once !== null ? [command.once.key] : []
}
