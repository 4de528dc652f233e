import type { Decimal, Temporal } from '@tollgate/kernel'
import type { QuotaMetric } from '../policies/metric.ts'
import type { QuotaDimension } from '../policies/quota-dimension.ts'
import type { QuotaWindow } from '../windows/quota-window.ts'

/**
 * Usage reached a threshold of a policy: once for each policy and limit, scope value, window and threshold. Of a sliding
 * window again when usage was below the threshold, and a window's length has passed since.
 */
export interface QuotaAlert {
  /** Grows in the order in which alerts become visible: behind the last one seen, none is missed. A whole number, as text. */
  readonly cursor: string
  readonly tenantId: string
  readonly policyId: string
  readonly metric: QuotaMetric
  readonly operation: string | null
  readonly window: QuotaWindow
  /** Then `windowFrom` and `windowTo` are those of the steps that counted when it was raised. */
  readonly sliding: boolean
  readonly windowFrom: Temporal.Instant
  readonly windowTo: Temporal.Instant
  readonly scope: readonly QuotaDimension[]
  /** One for each dimension of the scope. */
  readonly scopeValue: readonly (string | null)[]
  /** Percent of the limit. */
  readonly threshold: Decimal
  readonly used: Decimal
  readonly limit: Decimal
  readonly occurredAt: Temporal.Instant
}
