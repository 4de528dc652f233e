import type { QuotaDimension } from './dimension.ts'
import type { QuotaMetric } from './metric.ts'
import type { QuotaWindow } from './window.ts'

/** What identifies a limit within a tenant. */
export interface LimitKeyParts {
  readonly metric: QuotaMetric
  readonly operation?: string | null | undefined
  readonly window: QuotaWindow
  readonly sliding?: boolean | null | undefined
  readonly scope?: readonly QuotaDimension[] | null | undefined
}

/**
 * Returns what a policy counts, as text: metric, window, scope and operation (last, since it may be any text). Policies
 * with the same limit key replace each other over time and share counters, so a changed limit keeps what was used.
 * Stored: the format must not change.
 */
export function limitKeyOf({ metric, operation, window, sliding, scope }: LimitKeyParts): string {
  return `${metric}/${sliding === true ? 'sliding-' : ''}${window}/${(scope ?? []).join('>')}/${operation ?? ''}`
}
