import type { DimensionValues } from '../limits/dimension.ts'
import type { QuotaMetric } from '../limits/metric.ts'
import type { Amount } from '../policies/policy-draft.ts'

/** An amount of a metric that is requested, or was used. */
export interface QuotaRequest {
  readonly metric: QuotaMetric
  /** 0 or more, in units of the metric (USD for cost). Null: unknown, such as the cost of a model without a price. */
  readonly amount: Amount | null
  readonly operation?: string | null | undefined
}

/** One to 20 requests of a tenant that are decided together. */
export interface QuotaQuestion {
  readonly tenantId: string
  readonly requests: readonly QuotaRequest[]
  readonly dimensions?: DimensionValues | undefined
}
