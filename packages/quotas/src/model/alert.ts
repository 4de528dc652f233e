import type { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaDimension } from './limits/dimension.ts'
import type { QuotaMetric } from './limits/metric.ts'
import type { QuotaWindow } from './limits/window.ts'

/**
 * Usage reached a threshold of a policy. Raised once for each policy and limit, scope value, window and threshold. A
 * sliding window raises it again if usage was below the threshold and a window's length has passed.
 */
export interface QuotaAlert {
  /** Cursors grow in the order in which alerts become visible, so reading after the last one seen misses none. A whole number, as text. */
  readonly cursor: string
  readonly tenantId: string
  readonly policyId: string
  readonly metric: QuotaMetric
  readonly operation: string | null
  readonly window: QuotaWindow
  /** If true, `windowFrom` and `windowTo` span the steps that counted when the alert was raised. */
  readonly sliding: boolean
  readonly windowFrom: Temporal.Instant
  readonly windowTo: Temporal.Instant
  readonly scope: readonly QuotaDimension[]
  /** One value for each dimension of the scope. */
  readonly scopeValue: readonly (string | null)[]
  /** Percentage of the limit. */
  readonly threshold: Decimal
  readonly used: Decimal
  readonly limit: Decimal
  readonly occurredAt: Temporal.Instant
}

/** Returns the customer whose own limit an alert is about: one whose scope is the customer and nothing else. Null for other limits. */
export function customerOfAlert({ scope, scopeValue }: QuotaAlert): string | null {
  return scope.length === 1 && scope[0] === 'customer' ? (scopeValue[0] ?? null) : null
}
