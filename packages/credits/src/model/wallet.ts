import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Balances } from './account.ts'
import type { BurnRecord } from './burn-record.ts'
import type { TopUpRecord, TopUpTerms } from './top-up.ts'

/** Whose wallet it is: a tenant's, or a customer's in a tenant. */
export interface WalletOwner {
  readonly tenantId: string
  /** Null for the tenant's own wallet. */
  readonly customerId: string | null
}

/**
 * What decisions do when the available credits are not enough.
 * - `block`: refuse.
 * - `overdraft`: allow until `available` is minus `limit`, then refuse.
 * - `allow`: allow everything; alerts say that the wallet is empty.
 *
 * Decides requests only. Usage that has happened is always debited.
 */
export type WhenEmpty = { readonly kind: 'block' } | { readonly kind: 'overdraft'; readonly limit: Decimal } | { readonly kind: 'allow' }

/** When a wallet alerts. Each alert is raised once, and again only after the wallet recovered. */
export interface WalletAlerts {
  /** Balances at or below which `low_balance` alerts. */
  readonly below: readonly Decimal[]
  /** Alerts `low_balance` if the balance lasts fewer days at the rate of the last seven. Null for never. */
  readonly daysLeft: number | null
  /** Alerts `expiring_soon` this many days before a grant with remaining credits expires. Null for never. */
  readonly expiresWithinDays: number | null
}

/** How a wallet decides and alerts. */
export interface WalletTerms {
  readonly whenEmpty: WhenEmpty
  readonly alerts: WalletAlerts
  /** When it is topped up. Null for never. */
  readonly topUp: TopUpTerms | null
}

/** Credits of a tenant or customer. */
export interface Wallet extends WalletOwner {
  /** UUIDv7. */
  readonly id: string
  readonly terms: WalletTerms
  readonly balances: Balances
  /** Usage that no grant has paid for yet. The next grants pay it first. */
  readonly debt: Decimal
  /** What reservations hold beyond all grants. */
  readonly heldWithoutGrant: Decimal
  /** What it remembers of its consumption; null unless it alerts on days left. */
  readonly burn: BurnRecord | null
  /** What it remembers of its top-ups; null if none was ever set up. */
  readonly topUps: TopUpRecord | null
  /** Sequence of its last entry; 0 if it has none. */
  readonly sequence: number
  readonly createdAt: Temporal.Instant
  /** When its last entry was recorded; when it was created if it has none. Never decreases. */
  readonly updatedAt: Temporal.Instant
}

/** The terms of a new wallet: refuses when empty, alerts when empty and a week before credits expire. */
export const STANDARD_TERMS: WalletTerms = { whenEmpty: { kind: 'block' }, alerts: { below: [], daysLeft: null, expiresWithinDays: 7 }, topUp: null }

/** Returns the credits that a wallet holds: those that can be spent and those that are reserved. */
export function balanceOf({ available, reserved }: Pick<Balances, 'available' | 'reserved'>): Decimal {
  return available.plus(reserved)
}
