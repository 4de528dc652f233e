import type { Temporal } from '@tollgate/kernel'

/** Usage reached a limit: what is kept of a quota alert at 100 % or more. */
export interface QuotaCrossing {
  /** The quota alert's. */
  readonly cursor: string
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  readonly policyId: string
  readonly metric: string
  readonly operation: string | null
  readonly window: string
  /** One for each dimension of the policy. */
  readonly scopeValue: readonly (string | null)[]
  /** Exact decimals. */
  readonly used: string
  readonly limit: string
}
