import type { Decimal, Period, Transaction } from '@tollgate/kernel'
import type { QuotaDimension } from '../policies/quota-dimension.ts'
import type { QuotaMetric } from '../policies/metric.ts'

/**
 * Says what was used before anything counted it, so that a counter of a new limit key opens with what its window has used so
 * far. Must count as those do who call `consumeIn`, in the transaction that records what they count. Reads through the
 * transaction that it is handed: whoever is in one must not wait for a second connection.
 */
export interface RecordedUsage {
  /** How far ahead of the clock usage may be said to lie. */
  readonly aheadMs: number
  /** Sums by period, tenant and scope value. What usage does not tell apart is left out: such counters open with nothing. */
  sums(transaction: Transaction, query: RecordedUsageQuery): Promise<readonly RecordedUsageSum[]>
  /** The tenants that may have used something. */
  tenants(transaction: Transaction): Promise<readonly string[]>
}

/** Which usage is meant. */
export interface RecordedUsageQuery {
  readonly tenantIds: readonly string[]
  readonly metric: QuotaMetric
  /** Null: of any. */
  readonly operation: string | null
  readonly scope: readonly QuotaDimension[]
  /** In order; they do not overlap. Of whole milliseconds. */
  readonly periods: readonly Period[]
}

/** What was used in one period by one scope value of a tenant. */
export interface RecordedUsageSum {
  readonly tenantId: string
  /** Position of the period in the query. */
  readonly period: number
  /** A value or null for each dimension of the scope. */
  readonly scopeValues: readonly (string | null)[]
  readonly amount: Decimal
}
