import type { Decimal, Period, Transaction } from '@tollgate/kernel'
import type { QuotaDimension } from './model/limits/dimension.ts'
import type { QuotaMetric } from './model/limits/metric.ts'

/**
 * Reads usage that was recorded before a counter existed, so that a new counter starts with it. It must count usage exactly as
 * the caller of `consumeIn` does in the transaction that records it, and must read through the transaction that it is given: work
 * in a transaction must not wait for a second connection.
 */
export interface RecordedUsage {
  /** How far ahead of the clock usage may be, in milliseconds. */
  readonly aheadMs: number
  /** Returns sums by period, tenant and scope value. Empty for a scope that recorded usage cannot distinguish: its counters start at 0. */
  sums(transaction: Transaction, query: RecordedUsageQuery): Promise<readonly RecordedUsageSum[]>
  /** Returns the tenants that may have usage and such a plan. May return others too: their profiles decide. */
  tenants(transaction: Transaction, query: PlanTenantsQuery): Promise<readonly string[]>
}

/** Tenants to find by the plan in their profiles: with one plan, or, for the fallback plan, with any but the others. */
export type PlanTenantsQuery = { readonly plan: string } | { readonly planNotIn: readonly string[] }

/** Usage to add up. */
export interface RecordedUsageQuery {
  readonly tenantIds: readonly string[]
  readonly metric: QuotaMetric
  /** Null: all operations. */
  readonly operation: string | null
  readonly scope: readonly QuotaDimension[]
  /** In order, without overlaps, in whole milliseconds. */
  readonly periods: readonly Period[]
}

/** The usage of one scope value of a tenant in one period. */
export interface RecordedUsageSum {
  readonly tenantId: string
  /** Position of the period in the query. */
  readonly period: number
  /** A value or null for each dimension of the scope. */
  readonly scopeValues: readonly (string | null)[]
  readonly amount: Decimal
}
