import type { Temporal } from '@tollgate/kernel'
import type { QuotaPolicy } from './policy.ts'

/**
 * A policy for one tenant that replaces the plan's policy with the same limit key, or adds to the plan. Kept forever; the
 * latest override of a limit key that is valid applies.
 */
export interface QuotaOverride {
  readonly id: string
  readonly tenantId: string
  readonly limitKey: string
  /** Null removes earlier overrides: the plan's policy, if any, applies again. */
  readonly policy: QuotaPolicy | null
  readonly setBy: string | null
  readonly setAt: Temporal.Instant
}
