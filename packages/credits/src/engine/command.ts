import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Allowance } from '../model/allowance.ts'
import type { DayStart } from '../model/burn-record.ts'
import type { DebitReason } from '../model/entry.ts'
import type { GrantSource } from '../model/grant.ts'
import type { Rollover } from '../model/rollover.ts'
import type { WalletTerms } from '../model/wallet.ts'

/** An idempotency key, unique in its tenant, and what it was used for. */
export interface KeyUse {
  readonly key: string
  /** Equal if and only if the operation is the same. */
  readonly fingerprint: string
}

/** Gives credits. */
export interface GrantCommand {
  readonly kind: 'grant'
  readonly walletId: string
  readonly once: KeyUse
  readonly amount: Decimal
  readonly source: GrantSource
  readonly priority: number
  readonly effectiveAt: Temporal.Instant
  readonly expiresAt: Temporal.Instant | null
  readonly rollover: Rollover
  readonly description: string | null
}

/** An amount to debit, and why. */
export interface Debit extends DebitReason {
  readonly amount: Decimal
  readonly occurredAt: Temporal.Instant
}

/** Debits usage that has happened, whatever the balance is. */
export interface DebitCommand {
  readonly kind: 'debit'
  readonly walletId: string
  readonly debits: readonly Debit[]
}

/** Debits an amount if it fits. */
export interface SpendCommand {
  readonly kind: 'spend'
  readonly walletId: string
  readonly once: KeyUse | null
  readonly debit: Debit
}

/** Holds an amount if it fits. */
export interface ReserveCommand {
  readonly kind: 'reserve'
  readonly walletId: string
  readonly reservationId: string
  readonly amount: Decimal
  readonly expiresAt: Temporal.Instant
}

/** Ends a reservation and debits the actual amount, which may be more or less than what was held. */
export interface SettleCommand {
  readonly kind: 'settle'
  /** Wallet that is debited. */
  readonly walletId: string
  /** Wallet that holds the reservation, if it is another one. */
  readonly heldBy?: string | undefined
  readonly reservationId: string
  readonly debit: Debit
  /** Whether the usage is recorded already, so that it must be debited even without the reservation. */
  readonly isRecorded: boolean
}

/** Ends a reservation without a debit. */
export interface ReleaseCommand {
  readonly kind: 'release'
  readonly walletId: string
  readonly reservationId: string
}

/** Moves the end of a reservation. */
export interface ExtendCommand {
  readonly kind: 'extend'
  readonly walletId: string
  readonly reservationId: string
  readonly expiresAt: Temporal.Instant
}

/** Removes what remains of a grant, or a part of it. */
export interface VoidCommand {
  readonly kind: 'void'
  readonly walletId: string
  readonly grantId: string
  /** Null for all that remains. */
  readonly amount: Decimal | null
  readonly reason: string
}

/** Moves credits to another wallet of the tenant. They keep their priority and expiry. */
export interface TransferCommand {
  readonly kind: 'transfer'
  readonly walletId: string
  readonly toWalletId: string
  readonly once: KeyUse
  readonly amount: Decimal
  readonly description: string | null
}

/** Corrects an earlier debit: a positive amount debits more, a negative one gives back. */
export interface CorrectCommand {
  readonly kind: 'correct'
  readonly walletId: string
  readonly debit: Debit
}

/** Changes how a wallet decides and alerts. */
export interface SetTermsCommand {
  readonly kind: 'set_terms'
  readonly walletId: string
  readonly terms: WalletTerms
  /** What was consumed at the start of the last days, if the wallet starts to alert on days left. */
  readonly dayStarts: readonly DayStart[]
}

/** Sets or replaces a recurring allowance. */
export interface SetAllowanceCommand {
  readonly kind: 'set_allowance'
  readonly walletId: string
  readonly allowance: Allowance
  /** Whether an allowance that is replaced keeps its period, so that setting it again gives nothing again. */
  readonly keepsPeriod: boolean
}

/** Does only what has become due. */
export interface AdvanceCommand {
  readonly kind: 'advance'
  readonly walletId: string
}

/** Ends a top-up that was not granted. */
export interface FailTopUpCommand {
  readonly kind: 'fail_top_up'
  readonly walletId: string
  readonly topUpId: string
  readonly reason: string
}

/** A change of a wallet. */
export type WalletCommand =
  | GrantCommand
  | DebitCommand
  | SpendCommand
  | ReserveCommand
  | SettleCommand
  | ReleaseCommand
  | ExtendCommand
  | VoidCommand
  | TransferCommand
  | CorrectCommand
  | SetTermsCommand
  | SetAllowanceCommand
  | AdvanceCommand
  | FailTopUpCommand
