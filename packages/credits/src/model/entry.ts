import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Posting } from './account.ts'
import type { GrantShare } from './reservation.ts'

/** What an entry records. */
export const ENTRY_KINDS = [
  'grant',
  'debit',
  'reserve',
  'settle',
  'release',
  'expire',
  'rollover',
  'void',
  'transfer_out',
  'transfer_in',
  'correction',
] as const

/** What an entry records. */
export type EntryKind = (typeof ENTRY_KINDS)[number]

/** Why an entry debits what it does. */
export interface DebitReason {
  readonly operation: string | null
  readonly description: string | null
  readonly resourceType: string | null
  readonly resourceId: string | null
  /** Usage event that was debited. */
  readonly eventId: string | null
  /** Version of the credit cost that gave the amount. Null if the amount came with the event or call. */
  readonly costId: string | null
}

/** A change of a wallet. Entries are never changed. */
export interface CreditEntry extends DebitReason {
  readonly walletId: string
  /** Position in its wallet, from 1, without gaps. */
  readonly sequence: number
  readonly kind: EntryKind
  /** When it took effect: the time of the usage, the expiry, the grant. */
  readonly occurredAt: Temporal.Instant
  /** When it was recorded. Never decreases within a wallet. */
  readonly recordedAt: Temporal.Instant
  /** Changes of accounts; their amounts add up to zero. */
  readonly postings: readonly Posting[]
  /** Change of the balance (available and reserved credits). */
  readonly amount: Decimal
  /** Balance after it. */
  readonly balanceAfter: Decimal
  /** What the wallet had consumed after it, ever. */
  readonly consumedAfter: Decimal
  readonly grantId: string | null
  readonly reservationId: string | null
  /** What it took from which grants; null is debt. On a grant: the debt that it paid. */
  readonly shares: readonly GrantShare[]
}
