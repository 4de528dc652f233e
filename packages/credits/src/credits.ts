import type { Decimal, Page, Scope, Temporal, Transaction } from '@tollgate/kernel'
import type { AmountInput, TimeInput } from '@tollgate/kernel/input'
import type { AdvanceOptions } from './advance-wallets.ts'
import type { CorrectedUsage } from './correct-debits.ts'
import type { AllowanceInput } from './set-allowance.ts'
import type { CreditCostInput } from './set-credit-cost.ts'
import type { EntriesInput } from './list-entries.ts'
import type { GrantedCredits, GrantInput } from './grant-credits.ts'
import type { LedgerVerification, VerifyLedgerOptions } from './add-up-entries.ts'
import type { DebitedCredits, Payers, UsageToDebit } from './debit-usage.ts'
import type { CreditDecision } from './credit-decision.ts'
import type { ExtendCreditsInput, ReserveCreditsInput, SettleCreditsInput } from './reserve-credits.ts'
import type { SpendInput } from './spend-credits.ts'
import type { TransferInput } from './transfer-credits.ts'
import type { VoidInput } from './void-grant.ts'
import type { ChargedCredits, CreditCost, CreditedUsage } from './model/credit-cost.ts'
import type { CreditAlert } from './model/alert.ts'
import type { DebitRule } from './model/debit-rule.ts'
import type { CreditEntry } from './model/entry.ts'
import type { OwnerInput } from './owner.ts'
import type { Grant } from './model/grant.ts'
import type { CreditReservation } from './model/reservation.ts'
import type { Wallet } from './model/wallet.ts'
import type { SetTermsInput } from './set-terms.ts'
import type { BurnDownInput, DailyBurn, WalletStatus } from './read-wallet.ts'
import type { RunTopUpsOptions } from './run-top-ups.ts'
import type { VerifiedLedgers, VerifyLedgersOptions } from './verify-ledgers.ts'

/** Which alerts to list. */
export interface AlertHistoryQuery {
  /** Only those of a customer, or of the wallet of the tenant itself (null). Omit it for all wallets of the scope. */
  readonly customerId?: string | null | undefined
  readonly first?: number | undefined
  readonly after?: string | undefined
}

/** Usage whose credits to compute, as a caller gives it. */
export interface CreditedUsageInput extends Partial<Pick<CreditedUsage, 'provider' | 'model' | 'tokens'>> {
  readonly operation: string
  readonly occurredAt: TimeInput
  readonly quantity?: AmountInput | null | undefined
  /** USD. Omit it if it is not known, or there is none. */
  readonly cost?: AmountInput | null | undefined
  /** Version of the credit cost, as a debit names it. Defaults to the one in effect at the time of the usage. */
  readonly costId?: string | null | undefined
}

/** Credits: prepaid value in wallets, on a double-entry ledger. Made by `createCredits`. */
export interface Credits {
  /** Gives credits to a wallet, once for each idempotency key. Creates the wallet if there is none. */
  grant(input: GrantInput): Promise<GrantedCredits>
  /** Removes what remains of a grant, or a part of it. Rejects with `GrantSpent` if less remains. */
  voidGrant(input: VoidInput): Promise<Grant>
  /** Moves credits between two wallets of a tenant, once for each idempotency key. */
  transfer(input: TransferInput): Promise<Wallet>
  /** Debits an amount if it fits, once for its idempotency key. */
  spend(input: SpendInput): Promise<CreditDecision>
  /** Holds an amount if it fits, until it is settled, released or expires. */
  reserve(input: ReserveCreditsInput): Promise<CreditDecision>
  /** Ends a reservation and debits the actual amount. */
  settle(input: SettleCreditsInput): Promise<CreditDecision>
  /** Ends a reservation without a debit. */
  release(input: { readonly tenantId: string; readonly reservationId: string }): Promise<CreditReservation>
  /** Moves the end of an open reservation. */
  extend(input: ExtendCreditsInput): Promise<CreditReservation>
  /** Reads which wallets usage may debit, by the debit rules of their tenants; undefined if there is none. Locks nothing. */
  payersIn(transaction: Transaction, usages: readonly Pick<UsageToDebit, 'tenantId' | 'customerId' | 'reservationId'>[]): Promise<Payers | undefined>
  /**
   * Debits usage that was recorded, in the transaction that records it, from the wallets that `payersIn` has read in it. Never
   * refuses. Returns what each usage was debited, in the same order; null for usage without a debit.
   */
  debitIn(transaction: Transaction, debits: { readonly usages: readonly UsageToDebit[]; readonly payers: Payers }): Promise<DebitedCredits>
  /** Corrects the debits of events whose cost was corrected. */
  correctIn(transaction: Transaction, usages: readonly CorrectedUsage[]): Promise<readonly CreditEntry[]>
  /** Returns which wallet usage of a tenant debits. */
  debitRule(tenantId: string): Promise<DebitRule>
  /** Returns the wallet that usage of a tenant or customer debits, by the debit rule of the tenant; undefined if there is none. */
  payer(owner: OwnerInput): Promise<Wallet | undefined>
  /** Changes which wallet later usage of a tenant debits. */
  setDebitRule(tenantId: string, rule: DebitRule): Promise<void>
  /** Changes what a wallet does when it is empty, and when it alerts. Creates the wallet if there is none. */
  setTerms(input: SetTermsInput): Promise<Wallet>
  /** Sets the credits that a wallet gets each billing period. Creates the wallet if there is none. */
  setAllowance(input: AllowanceInput): Promise<Wallet>
  /** Returns a wallet with its open grants as they are now, or undefined. */
  wallet(owner: OwnerInput): Promise<WalletStatus | undefined>
  /** Lists the wallets of a tenant: its own first, then by customer. */
  wallets(input: { readonly tenantId: string; readonly first?: number | undefined; readonly after?: string | undefined }): Promise<Page<Wallet>>
  /** Lists the wallets of a tenant like `wallets`, each as it is now. At most 100 in a page. */
  walletStatuses(input: { readonly tenantId: string; readonly first?: number | undefined; readonly after?: string | undefined }): Promise<Page<WalletStatus>>
  /** Lists entries, latest first. */
  entries(input: EntriesInput): Promise<Page<CreditEntry>>
  /** Returns the balance that a wallet had at a time; null if there was no wallet. */
  balanceAt(owner: OwnerInput, time: TimeInput): Promise<Decimal | null>
  /** Returns what a wallet had consumed before a time, ever. */
  consumedBefore(owner: OwnerInput, time: TimeInput): Promise<Decimal>
  /** Returns the debits of events of a tenant, without corrections. */
  debitsOf(tenantId: string, eventIds: readonly string[]): Promise<readonly CreditEntry[]>
  /** Returns the credits that were consumed on each day of a period, days without any included. */
  burnDown(owner: OwnerInput, input: BurnDownInput): Promise<readonly DailyBurn[]>
  /** Lists alerts of a scope after a cursor, oldest first. None ever appears at or before a cursor that was visible. */
  alerts(scope: Scope, page: { readonly first?: number | undefined; readonly after?: string | undefined }): Promise<Page<CreditAlert>>
  /** Lists alerts of a scope, latest first, those after a cursor in this order. */
  alertHistory(scope: Scope, query: AlertHistoryQuery): Promise<Page<CreditAlert>>
  /** Returns the cursor of the last alert of all tenants; "0" if there is none. */
  lastAlertCursor(): Promise<string>
  /** Returns when something is due first in the wallets of a tenant. Null if nothing will be. */
  nextDue(tenantId: string): Promise<Temporal.Instant | null>
  /** Does what has become due in wallets that nobody uses, and raises their alerts. Returns the number of wallets. */
  advance(options?: AdvanceOptions): Promise<number>
  /** Returns the credits of usage, and why; undefined if its operation has no cost, or none with this id. */
  costOf(usage: CreditedUsageInput): Promise<ChargedCredits | undefined>
  /** Sets what an operation costs from a time on. */
  setCost(input: CreditCostInput): Promise<CreditCost>
  /** Lists the credit costs in effect at a time. Defaults to now. */
  costs(at?: TimeInput | null): Promise<readonly CreditCost[]>
  /** Records new alerts where the store records them besides its own tables. Returns the number of alerts. */
  recordAlerts(options?: AdvanceOptions): Promise<number>
  /** Buys and grants the top-ups that wallets requested. Returns the number of attempts. */
  runTopUps(options?: RunTopUpsOptions): Promise<number>
  /** Adds up the entries of every wallet of a tenant and compares them with the balances. */
  verify(tenantId: string, options?: VerifyLedgerOptions): Promise<LedgerVerification>
  /** Verifies the ledgers of tenants that were not verified for a day, and resumes where the last call ended. */
  verifyDue(options: VerifyLedgersOptions): Promise<VerifiedLedgers>
  /** Returns how many wallets of all tenants differed from their entries when they were verified last. */
  differingWallets(): Promise<number>
}
