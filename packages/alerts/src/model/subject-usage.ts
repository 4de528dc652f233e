import type { Decimal } from '@tollgate/kernel'

/** What one tenant, or all tenants together, used in one time range. */
export interface SubjectUsage {
  /** Null for all tenants together. */
  readonly tenantId: string | null
  /** Index of the range in the request. */
  readonly range: number
  readonly calls: number
  readonly failures: number
  readonly rateLimited: number
  /** USD. Calls without a price add nothing; `unpricedCalls` counts them. */
  readonly cost: Decimal
  readonly unpricedCalls: number
  /** Null when latency was not requested, or no call had one. */
  readonly latency: LatencyPercentiles | null
}

/** Latency in milliseconds. */
export interface LatencyPercentiles {
  readonly p50Ms: number
  readonly p95Ms: number
  readonly p99Ms: number
}
