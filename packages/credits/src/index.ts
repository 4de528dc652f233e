export type { WalletCommand } from './engine/command.ts'
export type { CommandOutcome } from './engine/outcome.ts'
export { createCredits, type CreditsOptions } from './create-credits.ts'
export type { CreditStore, EntriesQuery, EventDebit, TenantCommands } from './credit-store.ts'
export type { CreditDecision } from './credit-decision.ts'
export type { CreditedUsageInput, Credits } from './credits.ts'
export type { CorrectedUsage } from './correct-debits.ts'
export type { DebitedCredits, Payers, UsageToDebit } from './debit-usage.ts'
export type { GrantedCredits, GrantInput, RolloverInput } from './grant-credits.ts'
export type { EntriesInput, EntryPosition } from './list-entries.ts'
export { type Balances, LEDGER_ACCOUNTS, type LedgerAccount, type Posting } from './model/account.ts'
export { CREDIT_ALERT_KINDS, type CreditAlert, type CreditAlertKind } from './model/alert.ts'
export type { Allowance } from './model/allowance.ts'
export type { Amount } from './model/amount.ts'
export type { CreditRatesDraft } from './model/check-credit-cost.ts'
export type { ChargedCredits, CreditCost, CreditCostPart, CreditedUsage, CreditRates, TokenRates } from './model/credit-cost.ts'
export { DEBIT_RULES, type DebitRule } from './model/debit-rule.ts'
export { type CreditEntry, type DebitReason, ENTRY_KINDS, type EntryKind } from './model/entry.ts'
export {
  CreditKeyReused,
  CreditReservationClosed,
  CreditReservationNotFound,
  CreditsExceeded,
  CreditsOverloaded,
  CreditStoreUnavailable,
  GrantSpent,
  TooManyGrants,
} from './model/errors.ts'
export { type Grant, GRANT_SOURCES, type GrantSource, type GrantState } from './model/grant.ts'
export type { CreditReservation, CreditReservationState, GrantShare } from './model/reservation.ts'
export type { Rollover } from './model/rollover.ts'
export { standardCosts } from './model/standard-costs.ts'
export type { Wallet, WalletAlerts, WalletOwner, WalletTerms, WhenEmpty } from './model/wallet.ts'
export { consumedBy, type DailyBurn, type WalletStatus } from './read-wallet.ts'
export type { ExtendCreditsInput, ReserveCreditsInput, SettleCreditsInput } from './reserve-credits.ts'
export type { AllowanceInput } from './set-allowance.ts'
export type { CreditCostInput } from './set-credit-cost.ts'
export type { SetTermsInput } from './set-terms.ts'
export type { ReasonInput } from './make-debit.ts'
export type { OwnerInput } from './owner.ts'
export type { SpendInput } from './spend-credits.ts'
export type { TransferInput } from './transfer-credits.ts'
export type { LedgerDifference, LedgerVerification } from './add-up-entries.ts'
export type { TopUpProvider, TopUpRequest, TopUpResult } from './top-up-provider.ts'
export { topUpKey, type TopUpTerms } from './model/top-up.ts'
export type { VoidInput } from './void-grant.ts'
