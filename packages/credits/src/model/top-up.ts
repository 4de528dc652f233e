import type { Decimal, Temporal } from '@tollgate/kernel'

/** When a wallet is topped up, and with what. */
export interface TopUpTerms {
  /** A top-up is requested when the balance falls to this or below. */
  readonly threshold: Decimal
  /** Credits of a top-up. */
  readonly amount: Decimal
  /** Maximum number of credits that are requested in a calendar month (UTC). */
  readonly maxPerMonth: Decimal
}

/** What a wallet remembers of its top-ups. */
export interface TopUpRecord {
  /** Whether the balance was above the threshold since the last top-up, so that the next one can be requested. */
  readonly isArmed: boolean
  /** Calendar month: months from 1970-01, in UTC. */
  readonly month: number
  /** Credits that were requested in the month. */
  readonly requested: Decimal
  /** Whether an alert said that the maximum of the month is reached. */
  readonly isLimitAlerted: boolean
}

/** - `requested`: not granted yet.
 *  - `granted`: its credits were granted.
 *  - `failed`: refused, or not granted in time. A grant with its key still completes it. */
export type TopUpState = 'requested' | 'granted' | 'failed'

/** A purchase of credits that a wallet requested because its balance was low. */
export interface TopUp {
  /** UUIDv7. */
  readonly id: string
  readonly walletId: string
  readonly customerId: string | null
  readonly amount: Decimal
  readonly state: TopUpState
  readonly requestedAt: Temporal.Instant
  /** How often it was processed. */
  readonly attempts: number
  /** When it is processed next. */
  readonly nextAttemptAt: Temporal.Instant
  readonly grantId: string | null
  /** Why it failed. */
  readonly reason: string | null
}

const KEY_PREFIX = 'top-up:'

/** Returns the idempotency key of the purchase and of the grant of a top-up. */
export function topUpKey(id: string): string {
  return `${KEY_PREFIX}${id}`
}

/** Returns the id of the top-up that an idempotency key belongs to; undefined for other keys. */
export function topUpOfKey(key: string): string | undefined {
  return key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : undefined
}
