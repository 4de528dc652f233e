import type { QuotaPolicy } from '@tollgate/quotas'
import { type Column, table } from '../../../../cli/table.ts'

/** What is limited, in words: "tokens, day", "operations of chat, sliding minute, by customer". */
export function describeSlot({ metric, operation, window, sliding, scope }: QuotaPolicy): string {
  const of = operation === null ? metric : `${metric} of ${operation}`
  const by = scope.length === 0 ? '' : `, by ${scope.join(' > ')}`
  return `${of}, ${sliding ? 'sliding ' : ''}${window.replace('_', ' ')}${by}`
}

/** What happens at the limit, in words. */
export function describeEnforcement({ enforcement, grace, lease }: QuotaPolicy): string {
  const leased = lease === null ? '' : ', leased'
  if (grace === null) return `${enforcement}${leased}`
  return `grace of ${'percent' in grace ? `${grace.percent.toFixed()} %` : grace.amount.toFixed()}${leased}`
}

/** Limits under each other. */
export function policyTable(policies: readonly QuotaPolicy[]): string {
  const columns: Column[] = [{ heading: 'quota' }, { heading: 'limit', align: 'end' }, { heading: 'enforcement' }, { heading: 'alerts at' }]
  return table(
    columns,
    policies.map(policy => [
      describeSlot(policy),
      policy.limit?.toFixed() ?? 'unlimited',
      describeEnforcement(policy),
      policy.alertAt.map(percent => `${percent.toFixed()} %`).join(' ') || '-',
    ]),
  )
}
