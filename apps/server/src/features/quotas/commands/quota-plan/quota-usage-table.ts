import type { QuotaUsage } from '@tollgate/quotas'
import { type Column, table } from '../../../../cli/table.ts'
import { describeSlot } from './policy-table.ts'

/** How quotas stand, under each other; with whose they are, where they are of several tenants. */
export function quotaUsageTable(quotas: readonly (QuotaUsage & { readonly tenantId?: string })[]): string {
  const ofSeveral = quotas.some(({ tenantId }) => tenantId !== undefined)
  const numbers = ['used', 'held', 'limit', '%'].map((heading): Column => ({ heading, align: 'end' }))
  const columns: Column[] = [
    ...(ofSeveral ? [{ heading: 'tenant' }] : []),
    { heading: 'quota' },
    { heading: 'of' },
    ...numbers,
    { heading: 'from' },
    { heading: 'resets' },
  ]
  return table(
    columns,
    quotas.map(({ tenantId, policy, scopeValue, used, reserved, limit, percentage, resetsAt }) => [
      ...(ofSeveral ? [tenantId ?? ''] : []),
      describeSlot(policy),
      scopeValue.length === 0 ? 'all' : scopeValue.map(value => value ?? '-').join(' > '),
      used.toFixed(),
      reserved.toFixed(),
      limit?.toFixed() ?? 'unlimited',
      percentage?.toFixed() ?? '-',
      policy.source,
      resetsAt.toString({ smallestUnit: 'second' }),
    ]),
  )
}
