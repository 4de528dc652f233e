import { type Decimal, ZERO } from '@tollgate/kernel'

/**
 * The accounts of a wallet. Their balances always add up to zero, because every entry's postings do.
 * - `granted`: where credits come from. Its balance is minus what was granted.
 * - `available`: what can be spent. Below zero if more was used than there was.
 * - `reserved`: what reservations hold.
 * - `consumed`: what usage has spent.
 * - `expired`: what was not spent in time.
 * - `adjusted`: what was voided, or moved to another wallet; minus what came from another wallet.
 */
export const LEDGER_ACCOUNTS = ['granted', 'available', 'reserved', 'consumed', 'expired', 'adjusted'] as const

/** An account of a wallet. */
export type LedgerAccount = (typeof LEDGER_ACCOUNTS)[number]

/** The balance of each account of a wallet. */
export type Balances = Readonly<Record<LedgerAccount, Decimal>>

/** The change of one account's balance. */
export interface Posting {
  readonly account: LedgerAccount
  readonly amount: Decimal
}

/** The balances of a new wallet. */
export const NO_CREDITS: Balances = { granted: ZERO, available: ZERO, reserved: ZERO, consumed: ZERO, expired: ZERO, adjusted: ZERO }
