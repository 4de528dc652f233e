import type { QuotaPolicy } from '@tollgate/quotas'

/** Describes what a policy limits: "tokens, day", "operations of chat, sliding minute, by customer". */
export function describeLimitKey({ metric, operation, window, sliding, scope }: QuotaPolicy): string {
  const of = operation === null ? metric : `${metric} of ${operation}`
  const by = scope.length === 0 ? '' : `, by ${scope.join(' > ')}`
  return `${of}, ${sliding ? 'sliding ' : ''}${window.replace('_', ' ')}${by}`
}
