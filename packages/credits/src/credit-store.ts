import type { Page, PageRequest, Period, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { WalletCommand } from './engine/command.ts'
import type { CommandOutcome } from './engine/outcome.ts'
import type { WalletState } from './engine/wallet-state.ts'
import type { Balances } from './model/account.ts'
import type { CreditAlert } from './model/alert.ts'
import type { CreditCost } from './model/credit-cost.ts'
import type { DebitRule } from './model/debit-rule.ts'
import type { CreditEntry } from './model/entry.ts'
import type { TopUp } from './model/top-up.ts'
import type { Wallet, WalletOwner } from './model/wallet.ts'

/** Stores wallets, their ledger and credit costs. `describeCreditStore` is the contract of all adapters. */
export interface CreditStore {
  /**
   * Applies commands of one tenant like `applyCommands`, in one transaction that is durable when the promise resolves.
   * Commands take effect one after the other. The store may combine the commands of concurrent calls.
   */
  apply(commands: TenantCommands): Promise<readonly CommandOutcome[]>
  /** Applies commands as part of a transaction. The wallets stay locked until it ends; call this once for each tenant, tenants in order. */
  applyIn(transaction: Transaction, commands: TenantCommands): Promise<readonly CommandOutcome[]>
  /** Returns the wallet of an owner, or undefined. */
  wallet(owner: WalletOwner): Promise<Wallet | undefined>
  /** Returns the wallet of an owner and what `advance` needs, or undefined. Never waits for writers. */
  state(owner: WalletOwner): Promise<WalletState | undefined>
  /** Returns the wallets of owners of one tenant; omits owners without one. Reads in `transaction` if one is given. */
  wallets(tenantId: string, customerIds: readonly (string | null)[], transaction?: Transaction): Promise<readonly Wallet[]>
  /** Returns the wallets of tenants and their customers, with what debits of usage depend on, in one round trip. */
  debitTargets(transaction: Transaction, owners: readonly TenantOwners[]): Promise<readonly DebitTarget[]>
  /** Returns the wallets that have reservations; omits unknown reservations. */
  holders(transaction: Transaction, reservations: readonly ReservationOfTenant[]): Promise<readonly ReservationHolder[]>
  /**
   * Creates a wallet and applies commands, in one transaction. Creates nothing if a command is not applied. Returns undefined,
   * and does nothing, if the owner has a wallet.
   */
  applyToNew(wallet: Wallet, commands: TenantCommands): Promise<readonly CommandOutcome[] | undefined>
  /** Returns which wallet usage of a tenant debits. */
  debitRule(tenantId: string): Promise<DebitRule>
  setDebitRule(tenantId: string, rule: DebitRule): Promise<void>
  /** Lists the wallets of a tenant, by customer, the tenant's own first. */
  listWallets(tenantId: string, page: PageRequest): Promise<Page<Wallet>>
  /** Returns the wallet that has a grant or reservation, or undefined. */
  walletIdOf(tenantId: string, what: { readonly grantId: string } | { readonly reservationId: string }): Promise<string | undefined>
  /** Lists entries, latest first. */
  entries(query: EntriesQuery): Promise<Page<CreditEntry>>
  /** Returns the last entry that was recorded before a time, or undefined. */
  lastEntryBefore(wallet: Wallet, time: Temporal.Instant): Promise<CreditEntry | undefined>
  /** Returns what events were debited, corrections included. Omits events without a debit. Reads in `transaction` if one is given. */
  debitsOfEvents(tenantId: string, eventIds: readonly string[], transaction?: Transaction): Promise<readonly EventDebit[]>
  /** Returns the entries that debited events when they were recorded, without corrections. */
  entriesOfEvents(tenantId: string, eventIds: readonly string[]): Promise<readonly CreditEntry[]>
  /** Lists alerts. */
  alerts(query: AlertsQuery): Promise<Page<CreditAlert>>
  /** Returns the cursor of the last alert of all tenants; "0" if there is none. Alerts that are raised later come after it. */
  lastAlertCursor(): Promise<string>
  /** Returns tenants with alerts that `recordAlerts` has not returned. */
  tenantsToRecord(first: number): Promise<readonly string[]>
  /** Marks alerts of a tenant as recorded, and returns them, oldest first. Each is returned once. Alerts without a cursor wait until `alerts` or `lastAlertCursor` was called. */
  recordAlerts(tenantId: string, first: number): Promise<readonly CreditAlert[]>
  /** Returns tenants in whose wallets something is due. */
  dueTenants(now: Temporal.Instant, first: number): Promise<readonly string[]>
  /** Returns when something is due first in the wallets of a tenant. Null if nothing will be. */
  nextDue(tenantId: string): Promise<Temporal.Instant | null>
  /** Returns the ids of wallets of a tenant in which something is due, sorted. After the command `advance`, nothing is. */
  dueWallets(tenantId: string, now: Temporal.Instant, first: number): Promise<readonly string[]>
  /** Returns tenants with top-ups that are due. */
  topUpTenants(now: Temporal.Instant, first: number): Promise<readonly string[]>
  /** Returns top-ups that are due, and counts an attempt of each. No other call returns them until their next attempt. */
  claimTopUps(tenantId: string, claim: TopUpClaim): Promise<readonly TopUp[]>
  /** Returns wallets with the sums of their entries, as of one moment each. */
  addUpEntries(tenantId: string, walletIds: readonly string[]): Promise<readonly LedgerSums[]>
  /** Returns tenants with wallets whose ledgers were not verified since a time, the longest ago first. */
  tenantsToVerify(before: Temporal.Instant, first: number): Promise<readonly string[]>
  /** Returns where the verification of a tenant resumes. */
  verificationProgress(tenantId: string): Promise<Omit<VerificationProgress, 'finishedAt'>>
  saveVerification(tenantId: string, progress: VerificationProgress): Promise<void>
  /** Returns how many wallets of all tenants differed from their entries when they were verified last. */
  differingWallets(): Promise<number>
  /** Returns all credit costs. Reads in `transaction` if one is given. */
  costs(transaction?: Transaction): Promise<readonly CreditCost[]>
  /** Adds a version of a credit cost and ends the one before it at its start. Rejects an overlap with a later version with `InvalidInput`. */
  addCost(cost: CreditCost): Promise<void>
}

/** A tenant, and customers of it. */
export interface TenantOwners {
  readonly tenantId: string
  readonly customerIds: ReadonlySet<string>
}

/** Identifies a reservation. */
export interface ReservationOfTenant {
  readonly tenantId: string
  readonly reservationId: string
}

/** The wallet that has a reservation. */
export interface ReservationHolder extends ReservationOfTenant {
  readonly walletId: string
}

/** A wallet that usage may debit. */
export interface DebitTarget {
  readonly tenantId: string
  /** Null for the wallet of the tenant itself. */
  readonly customerId: string | null
  readonly walletId: string
  readonly rule: DebitRule
  /** Number of versions of credit costs, which only grows: as long as it is the same, so are the costs. */
  readonly costVersions: number
}

/** Commands for wallets of one tenant. */
export interface TenantCommands {
  readonly tenantId: string
  readonly commands: readonly WalletCommand[]
  /** The time at which they are applied. */
  readonly now: Temporal.Instant
}

/** Which entries to list. */
export interface EntriesQuery extends PageRequest<number> {
  readonly tenantId: string
  readonly walletId: string
  /** Customer that has the wallet, in whose scope it is read. Omit it to read in the scope of the tenant. */
  readonly customerId?: string | null | undefined
  /** Only entries that were recorded in this period. */
  readonly recorded?: Period | undefined
}

/** Which alerts to list. */
export interface AlertsQuery extends PageRequest {
  readonly scope: Scope
  /** Only those of a customer, or of the wallet of the tenant itself (null). For the scope of a tenant. Omit it for all wallets. */
  readonly customerId?: string | null | undefined
  readonly order: 'oldest_first' | 'latest_first'
}

/** Which top-ups to claim. */
export interface TopUpClaim {
  readonly now: Temporal.Instant
  readonly first: number
  /** Seconds from `now` to the next attempt, after each attempt. After the last of these, the last. */
  readonly retrySeconds: readonly number[]
}

/** A wallet and the sums of its entries. */
export interface LedgerSums {
  readonly wallet: Wallet
  /** Number of its entries from the first to the last that it knows of: its sequence, if none is missing. */
  readonly entries: number
  readonly sums: Balances
}

/** How far the verification of a tenant is. */
export interface VerificationProgress {
  /** The last wallet that was verified, in the order of `listWallets`. Null to start with the first. */
  readonly after: string | null
  /** Wallets that differ from their entries, of those that were verified. */
  readonly differing: number
  /** When all wallets had been verified. Null if some are left. */
  readonly finishedAt: Temporal.Instant | null
}

/** What an event was debited. */
export interface EventDebit {
  readonly eventId: string
  readonly walletId: string
  readonly amount: CreditEntry['amount']
  readonly costId: string | null
}
