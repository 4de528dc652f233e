import type { Decimal, Temporal } from '@tollgate/kernel'

/** Usage crossed a threshold of a quota. */
export interface QuotaCrossing {
  /** Position in the sequence of crossings. */
  readonly cursor: string
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  /** Percent of the limit. */
  readonly threshold: Decimal
  readonly policyId: string
  readonly metric: string
  readonly operation: string | null
  readonly window: string
  /** One value for each dimension of the policy. */
  readonly scopeValue: readonly (string | null)[]
  readonly used: Decimal
  readonly limit: Decimal
}

/** A quota whose limit was reached: a crossing at 100 % or more, as it is stored. */
export interface ExceededQuota extends Omit<QuotaCrossing, 'threshold' | 'used' | 'limit'> {
  /** Exact decimal. */
  readonly used: string
  /** Exact decimal. */
  readonly limit: string
}

/** How many quota limits one tenant reached, and the last of them. */
export interface TenantExceededQuotas {
  readonly tenantId: string
  readonly count: number
  readonly last: ExceededQuota
}
