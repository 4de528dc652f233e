import type { QuotaMetric } from './metric.ts'
import type { QuotaDimension } from './quota-dimension.ts'
import type { QuotaWindow } from '../windows/quota-window.ts'

/** What makes a limit key. */
export interface LimitKeyParts {
  readonly metric: QuotaMetric
  readonly operation?: string | null | undefined
  readonly window: QuotaWindow
  readonly sliding?: boolean | null | undefined
  readonly scope?: readonly QuotaDimension[] | null | undefined
}

/**
 * What a policy counts, as text: metric, window, scope and operation (last, as it may be any text). Only one policy of a
 * limit key is in effect at a time, and all that ever were share its counters: a changed limit does not forget what was used.
 * Stored; the form must not change.
 */
export function limitKeyOf({ metric, operation, window, sliding, scope }: LimitKeyParts): string {
  return `${metric}/${sliding === true ? 'sliding-' : ''}${window}/${(scope ?? []).join('>')}/${operation ?? ''}`
}
