import type { QuotaPolicy } from '@tollgate/quotas'
import { type Column, table } from '../../../cli/table.ts'
import { describeLimitKey } from './describe-limit-key.ts'

/** Lays out policies as a table. */
export function policyTable(policies: readonly QuotaPolicy[]): string {
  const columns: Column[] = [{ heading: 'quota' }, { heading: 'limit', align: 'end' }, { heading: 'enforcement' }, { heading: 'alerts at' }]
  return table(
    columns,
    policies.map(policy => [
      describeLimitKey(policy),
      policy.limit?.toFixed() ?? 'unlimited',
      describeEnforcement(policy),
      policy.alertAt.map(percent => `${percent.toFixed()} %`).join(' ') || '-',
    ]),
  )
}

/** Describes what happens at the limit: "hard", "grace of 5 %". */
export function describeEnforcement({ enforcement, grace, lease }: QuotaPolicy): string {
  const leased = lease === null ? '' : ', leased'
  if (grace === null) return `${enforcement}${leased}`
  return `grace of ${'percent' in grace ? `${grace.percent.toFixed()} %` : grace.amount.toFixed()}${leased}`
}
