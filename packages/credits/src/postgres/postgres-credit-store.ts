import { DomainError, type IdSource, singleFlightByKey, tenantScope } from '@tollgate/kernel'
import {
  asDatabaseBusy,
  isDatabaseUnavailable,
  type PostgresDatabase,
  type PostgresTransaction,
  postgresTransaction,
  retryOnConflict,
} from '@tollgate/postgres'
import type { CreditStore, TenantCommands } from '../credit-store.ts'
import { applyCommands } from '../engine/apply-command.ts'
import { areApplied, type CommandOutcome } from '../engine/outcome.ts'
import { CreditsOverloaded, CreditStoreUnavailable } from '../model/errors.ts'
import type { Wallet } from '../model/wallet.ts'
import { claimTopUps, readTopUpTenants } from './claim-top-ups.ts'
import { addCost, readCosts } from './costs.ts'
import { debitInPlace } from './debit-in-place.ts'
import { loadBook } from './load-book.ts'
import { readDueTenants, readDueWallets, readNextDue } from './due-wallets.ts'
import { listAlerts, readLastAlertCursor } from './read-alerts.ts'
import { debitsOfEvents, entriesOfEvents, lastEntryBefore, listEntries } from './read-ledger.ts'
import {
  createWallet,
  listWallets,
  readDebitRule,
  readDebitTargets,
  readHolders,
  readState,
  readWallet,
  readWallets,
  walletIdOf,
  writeDebitRule,
} from './read-wallets.ts'
import { readTenantsToRecord, recordAlerts } from './record-alerts.ts'
import { saveBook } from './save-book.ts'
import { addUpEntries, countDifferingWallets, readTenantsToVerify, readVerificationProgress, saveVerification } from './verifications.ts'

/** What the store works with. */
export interface PostgresCreditStoreOptions {
  /** For commands, which many callers share. */
  readonly database: PostgresDatabase
  /** For what one caller asks for. Defaults to `database`. */
  readonly requests?: PostgresDatabase
  readonly ids: IdSource
}

/** Maximum number of commands that wait for a transaction; calls beyond it are rejected as overloaded. */
const MAX_WAITING = 50_000
const RETRY_AFTER_MS = 100

/** Stores credits in PostgreSQL. Any number of processes may use the same database. */
export function postgresCreditStore({ database, requests = database, ids }: PostgresCreditStoreOptions): CreditStore {
  let waiting = 0
  const transact = singleFlightByKey(
    ({ tenantId }: TenantCommands) => tenantId,
    calls => translateErrors(() => transactCalls(database, calls, ids)),
    { joinTurn: true },
  )
  return {
    async apply(call) {
      if (waiting + call.commands.length > MAX_WAITING) throw new CreditsOverloaded(RETRY_AFTER_MS)
      waiting += call.commands.length
      try {
        return (await transact(call)).get(call) ?? []
      } finally {
        waiting -= call.commands.length
      }
    },
    applyIn: (transaction, commands) => applyIn(postgresTransaction(transaction), commands, ids),
    wallet: owner => translateErrors(() => readWallet(requests, owner)),
    state: owner => translateErrors(() => readState(requests, owner)),
    wallets: (tenantId, customerIds, transaction) =>
      translateErrors(() => readWallets(transaction === undefined ? requests : postgresTransaction(transaction), tenantId, customerIds)),
    applyToNew: (wallet, commands) => translateErrors(() => applyToNew(requests, { wallet, commands, ids })),
    holders: (transaction, reservations) => readHolders(postgresTransaction(transaction), reservations),
    debitTargets: (transaction, owners) => readDebitTargets(postgresTransaction(transaction), owners),
    debitRule: tenantId => translateErrors(() => readDebitRule(requests, tenantId)),
    setDebitRule: (tenantId, rule) => translateErrors(() => writeDebitRule(requests, tenantId, rule)),
    listWallets: (tenantId, page) => translateErrors(() => listWallets(requests, tenantId, page)),
    walletIdOf: (tenantId, what) => translateErrors(() => walletIdOf(requests, tenantId, what)),
    entries: query => translateErrors(() => listEntries(requests, query)),
    lastEntryBefore: (wallet, time) => translateErrors(() => lastEntryBefore(requests, wallet, time)),
    debitsOfEvents: (tenantId, eventIds, transaction) =>
      translateErrors(() => debitsOfEvents(transaction === undefined ? requests : postgresTransaction(transaction), tenantId, eventIds)),
    entriesOfEvents: (tenantId, eventIds) => translateErrors(() => entriesOfEvents(requests, tenantId, eventIds)),
    lastAlertCursor: () => translateErrors(() => readLastAlertCursor(requests)),
    alerts: query => translateErrors(() => listAlerts(requests, query)),
    tenantsToRecord: first => translateErrors(() => readTenantsToRecord(requests, first)),
    recordAlerts: (tenantId, first) => translateErrors(() => recordAlerts(requests, tenantId, first)),
    nextDue: tenantId => translateErrors(() => readNextDue(requests, tenantId)),
    dueTenants: (now, first) => translateErrors(() => readDueTenants(requests, now, first)),
    dueWallets: (tenantId, now, first) => translateErrors(() => readDueWallets(requests, { tenantId, now, first })),
    topUpTenants: (now, first) => translateErrors(() => readTopUpTenants(requests, now, first)),
    claimTopUps: (tenantId, claim) => translateErrors(() => claimTopUps(requests, tenantId, claim)),
    addUpEntries: (tenantId, walletIds) => translateErrors(() => addUpEntries(requests, tenantId, walletIds)),
    tenantsToVerify: (before, first) => translateErrors(() => readTenantsToVerify(requests, before, first)),
    verificationProgress: tenantId => translateErrors(() => readVerificationProgress(requests, tenantId)),
    saveVerification: (tenantId, progress) => translateErrors(() => saveVerification(requests, tenantId, progress)),
    differingWallets: () => translateErrors(() => countDifferingWallets(requests)),
    costs: transaction => translateErrors(() => readCosts(transaction === undefined ? requests : postgresTransaction(transaction))),
    addCost: cost => translateErrors(() => addCost(requests, cost)),
  }
}

/** Applies the commands of concurrent calls of one tenant in one transaction, in the order of the calls. */
async function transactCalls(
  database: PostgresDatabase,
  calls: readonly TenantCommands[],
  ids: IdSource,
): Promise<ReadonlyMap<TenantCommands, readonly CommandOutcome[]>> {
  const [first] = calls
  if (first === undefined) return new Map()
  const { tenantId } = first
  const now = calls.reduce((last, call) => (call.now.epochNanoseconds > last.epochNanoseconds ? call.now : last), first.now)
  const commands = calls.flatMap(call => call.commands)
  const outcomes = await retryOnConflict(() =>
    database.transaction(tenantScope(tenantId), transaction => applyIn(transaction, { tenantId, commands, now }, ids)),
  )
  let at = 0
  return new Map(calls.map(call => [call, outcomes.slice(at, (at += call.commands.length))]))
}

/** Rolls back a transaction in which a command was not applied. */
class NotApplied extends Error {
  readonly outcomes: readonly CommandOutcome[]

  constructor(outcomes: readonly CommandOutcome[]) {
    super('A command was not applied.')
    this.outcomes = outcomes
  }
}

interface OpenedWallet {
  readonly wallet: Wallet
  readonly commands: TenantCommands
  readonly ids: IdSource
}

async function applyToNew(database: PostgresDatabase, { wallet, commands, ids }: OpenedWallet): Promise<readonly CommandOutcome[] | undefined> {
  try {
    return await retryOnConflict(() =>
      database.transaction(tenantScope(wallet.tenantId), async transaction => {
        // Nothing is locked yet, so that calls that create the same wallet cannot deadlock.
        if (!(await createWallet(transaction, wallet))) return undefined
        const outcomes = await applyIn(transaction, commands, ids)
        if (!areApplied(outcomes)) throw new NotApplied(outcomes)
        return outcomes
      }),
    )
  } catch (error) {
    if (error instanceof NotApplied) return error.outcomes
    throw error
  }
}

async function applyIn(transaction: PostgresTransaction, { tenantId, commands, now }: TenantCommands, ids: IdSource): Promise<readonly CommandOutcome[]> {
  const debited = await debitInPlace(transaction, { tenantId, commands, now })
  const others = debited.size === 0 ? commands : commands.filter(({ walletId }) => !debited.has(walletId))
  const outcomes = others.length === 0 ? [] : await applyToBook(transaction, { tenantId, commands: others, now }, ids)
  if (debited.size === 0) return outcomes
  let next = 0
  return commands.map(({ walletId }): CommandOutcome => {
    const available = debited.get(walletId)
    if (available !== undefined) return { kind: 'applied', isRepeat: false, entries: [], available }
    const outcome = outcomes[next]
    next += 1
    if (outcome === undefined) throw new Error(`A command on the wallet ${walletId} has no outcome.`)
    return outcome
  })
}

async function applyToBook(transaction: PostgresTransaction, commands: TenantCommands, ids: IdSource): Promise<readonly CommandOutcome[]> {
  const book = await loadBook(transaction, commands, ids)
  const known = new Set(book.keys.keys())
  const outcomes = applyCommands(book, commands.commands)
  await saveBook(transaction, commands.tenantId, book, known)
  return outcomes
}

async function translateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof DomainError) throw error
    if (isDatabaseUnavailable(error)) throw new CreditStoreUnavailable({ cause: error })
    const busy = asDatabaseBusy(error)
    throw busy === undefined ? error : new CreditsOverloaded(busy.retryAfterMs, { cause: error })
  }
}
