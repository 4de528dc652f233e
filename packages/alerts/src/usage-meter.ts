import type { Period } from '@tollgate/kernel'
import type { AlertScope } from './model/alert-kind.ts'
import type { SubjectUsage } from './model/subject-usage.ts'

/** Measures usage. */
export interface UsageMeter {
  /** Measures each tenant, or all tenants together, in each range, with one read. Omits subjects without usage in a range. */
  measure(request: UsageRequest): Promise<readonly SubjectUsage[]>
}

/** What to measure. */
export interface UsageRequest {
  readonly scope: AlertScope
  readonly ranges: readonly Period[]
  /** Whether to read latency. Defaults to false. */
  readonly latency?: boolean
}
