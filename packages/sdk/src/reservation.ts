import type { MetadataSource } from '@tollgate/metadata'
import type { QuotaAmount, QuotaDecision, WhenUnavailable } from './model/quota-decision.ts'

/**
 * Headroom held for work: `await using reservation = await tollgate.reserve(…)`. End it in one way: report a call with its id
 * as `reservationId`, `settle` it, or `release` it. Leaving the scope releases it if it has not ended. While it is open, it is
 * extended before it expires.
 */
export interface Reservation extends AsyncDisposable {
  /** Null if Tollgate did not answer and the limits fail open: nothing is held, and every method does nothing. */
  readonly id: string | null
  readonly decision: QuotaDecision
  /** Null if nothing is held. */
  readonly expiresAt: Date | null
  /** Counts the actual amounts, or the reserved ones, for work that no call record reports. Rejects if Tollgate does not answer. */
  settle(actual?: readonly QuotaAmount[]): Promise<void>
  /** Gives the headroom back: nothing was used. Never rejects: a reservation that cannot be released expires. */
  release(): Promise<void>
  /** Holds it for `ttlSeconds` from now on. Rejects if Tollgate does not answer. */
  extend(ttlSeconds: number): Promise<void>
}

/** What a quota decision is about, besides the amounts. Quotas can be scoped by all of it. */
export interface QuotaContext {
  readonly metadata?: MetadataSource | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
  /** Tenant whose quotas apply. Only for operator keys. */
  readonly tenantId?: string | undefined
  /** What to do if Tollgate does not answer, for requests that do not say it themselves. */
  readonly whenUnavailable?: WhenUnavailable | undefined
}

/** How to enforce quotas. */
export interface EnforceOptions extends QuotaContext {
  /** Counts the amounts at once, for work that no call record reports. Defaults to false: nothing is counted. */
  readonly consume?: boolean | undefined
}

/** How to reserve. */
export interface ReserveOptions extends QuotaContext {
  /** How long the amounts are held if they are not extended: 1 to 3,600 seconds. Defaults to 60. */
  readonly ttlSeconds?: number | undefined
  /** Whether to extend the reservation while it is open. Defaults to true. */
  readonly heartbeat?: boolean | undefined
}
