import type { Temporal } from '@tollgate/kernel'

/** What a billing run does at present. An interrupted one continues where it stopped. */
export type BillingRunState = 'queued' | 'running' | 'interrupted' | 'completed'

/** How far a billing run has come. */
export interface BillingProgress {
  /** Tenants that were billed or could not be. */
  readonly tenants: number
  readonly invoices: number
  readonly drafts: number
  /** Tenants that could not be billed, or not completely. */
  readonly failures: number
}

/** A billing run that is stored. */
export interface BillingRun extends BillingProgress {
  readonly id: string
  readonly state: BillingRunState
  readonly through: Temporal.Instant
  readonly finalize: boolean
  /** Null for all tenants. */
  readonly tenantIds: readonly string[] | null
  /** Number of tenants to bill. Null until it starts. */
  readonly total: number | null
  /** The last tenant that was billed, in the order of ids. A run continues after it. */
  readonly lastTenantId: string | null
  readonly createdAt: Temporal.Instant
  readonly startedAt: Temporal.Instant | null
  /** When it last made progress. */
  readonly updatedAt: Temporal.Instant
  readonly finishedAt: Temporal.Instant | null
}

/**
 * A tenant that could not be billed: nothing of it was billed after the last invoice. With the code `USAGE_NOT_BILLED`, it was, but usage of billing
 * periods before the look-back has changed.
 */
export interface BillingFailure {
  readonly tenantId: string
  /** Stable code of the error. */
  readonly code: string
  readonly message: string
}
