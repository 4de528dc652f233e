import type { Decimal, Temporal } from '@tollgate/kernel'
import type { Rollover } from './rollover.ts'

/** Where the credits of a grant come from. The last three are made by the ledger itself. */
export const GRANT_SOURCES = ['purchase', 'plan_allowance', 'promotion', 'trial', 'refund', 'adjustment', 'transfer', 'rollover', 'correction'] as const

/** Where the credits of a grant come from. */
export type GrantSource = (typeof GRANT_SOURCES)[number]

/**
 * - `pending`: not effective yet.
 * - `active`: can be spent while anything remains.
 * - `ended`: expired, or voided as a whole before it was effective. Reservations may still hold some of it.
 */
export type GrantState = 'pending' | 'active' | 'ended'

/** Credits that were given to a wallet. */
export interface Grant {
  /** UUIDv7. */
  readonly id: string
  readonly walletId: string
  readonly amount: Decimal
  /** What can still be spent of it. Does not include what reservations hold. */
  readonly remaining: Decimal
  /** What reservations hold of it. */
  readonly held: Decimal
  readonly state: GrantState
  readonly source: GrantSource
  /** Grants with a smaller number are spent first. */
  readonly priority: number
  readonly effectiveAt: Temporal.Instant
  /** Null for never. */
  readonly expiresAt: Temporal.Instant | null
  /** What stays when it expires. */
  readonly rollover: Rollover
  readonly description: string | null
  /** When `expiring_soon` was raised for it. Null if it was not. */
  readonly expiryAlertedAt: Temporal.Instant | null
  readonly createdAt: Temporal.Instant
}

/** The priority of a grant that names none. */
export const STANDARD_PRIORITY = 100

/** Whether a grant is pending, or has something remaining or held. */
export function isOpen({ state, remaining, held }: Pick<Grant, 'state' | 'remaining' | 'held'>): boolean {
  return state === 'pending' || remaining.gt(0) || held.gt(0)
}
