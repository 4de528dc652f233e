import { wordOf } from '../../ui/format.ts'
import type { LimitFragment, QuotaRowFragment } from './quotas.operations.ts'

/** The fields that tell a limit from others of the same tenant. */
export type LimitKey = Pick<LimitFragment, 'metric' | 'operation' | 'window' | 'sliding' | 'scope'>

/** Names a limit: "Tokens per month, for each customer". */
export function limitName({ metric, operation, window, sliding, scope }: LimitKey): string {
  const what = operation === null ? wordOf(metric) : `${wordOf(metric)} of ${operation}`
  const when = sliding ? `in any ${wordOf(window)}` : `per ${wordOf(window)}`
  const each = scope.length === 0 ? '' : `, for each ${scope.map(wordOf).join(' and ')}`
  return `${what[0]?.toUpperCase()}${what.slice(1)} ${when}${each}`
}

/** Names the value that a scoped quota counts: "customer-7". */
export function valueName({ scopeValue }: Pick<QuotaRowFragment, 'scopeValue'>): string {
  return scopeValue.map(value => value ?? 'none').join(', ')
}

/** Identifies a quota among those of a page. */
export function quotaKey({ tenant, policy, scopeValue }: QuotaRowFragment): string {
  return JSON.stringify([tenant.id, policy.metric, policy.operation, policy.window, policy.sliding, policy.scope, scopeValue])
}
