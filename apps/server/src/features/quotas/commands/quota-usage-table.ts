import type { QuotaUsage } from '@tollgate/quotas'
import { type Column, table } from '../../../cli/table.ts'
import { describeLimitKey } from './describe-limit-key.ts'

/** Lays out quotas and their usage as a table, with a column for the tenant if they name one. */
export function quotaUsageTable(quotas: readonly (QuotaUsage & { readonly tenantId?: string })[]): string {
  const hasTenants = quotas.some(({ tenantId }) => tenantId !== undefined)
  const numbers = ['used', 'reserved', 'limit', '%'].map((heading): Column => ({ heading, align: 'end' }))
  const columns: Column[] = [
    ...(hasTenants ? [{ heading: 'tenant' }] : []),
    { heading: 'quota' },
    { heading: 'value' },
    ...numbers,
    { heading: 'source' },
    { heading: 'resets' },
  ]
  return table(
    columns,
    quotas.map(({ tenantId, policy, scopeValue, used, reserved, limit, percentage, resetsAt }) => [
      ...(hasTenants ? [tenantId ?? ''] : []),
      describeLimitKey(policy),
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
