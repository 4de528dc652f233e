import type { Decimal } from '@tollgate/kernel'
import { type CheckedRequest, checkQuestion } from './check-requests.ts'
import type { Demand } from './demand.ts'
import { type CounterFinding, makeDemands } from './make-demands.ts'
import type { DimensionValues } from './quota-dimension.ts'
import type { QuotaUsage } from './quotas.ts'
import type { TenantPolicies } from './tenant-policies.ts'
import { timeMark, type UsageGrouping } from './usage-grouping.ts'

/** An amount of one metric, of one time, by the same who and what, as far as the policies look. */
interface UsedAmount {
  readonly request: Omit<CheckedRequest, 'amount'>
  readonly dimensions: DimensionValues
  readonly atMs: number
  amount: Decimal
}

/**
 * What a tenant's usages ask of its counters, added up. Exact: only what no policy tells apart is added. Where there are
 * no policies, the usages are not even looked at.
 */
export function mergeUsages(usages: readonly QuotaUsage[], policies: TenantPolicies, { nowMs, finding }: { nowMs: number; finding: CounterFinding }): Demand[] {
  const { grouping, tenantId } = policies
  if (grouping.metrics.size === 0) return []
  const used = new Map<string, UsedAmount>()
  for (const usage of usages) addUsage(used, usage, grouping, nowMs)
  return [...used.values()].flatMap(({ request, amount, dimensions, atMs }) => {
    return makeDemands({ tenantId, requests: [{ ...request, amount }], dimensions }, policies, atMs, finding).demands
  })
}

function addUsage(used: Map<string, UsedAmount>, usage: QuotaUsage, grouping: UsageGrouping, nowMs: number): void {
  const { requests, dimensions } = checkQuestion(usage)
  const atMs = usage.at?.epochMilliseconds ?? nowMs
  const mark = timeMark(grouping, atMs)
  const values = grouping.dimensions.map(dimension => dimensions[dimension] ?? null)
  const whose = values.length === 0 ? mark : `${mark} ${JSON.stringify(values)}`
  for (const { metric, amount, ...request } of requests) {
    if (amount === null || amount.isZero() || !grouping.metrics.has(metric)) continue
    const operation = grouping.byOperation ? request.operation : null
    const key = `${metric} ${whose} ${operation === null ? '' : JSON.stringify(operation)}`
    const known = used.get(key)
    if (known) known.amount = known.amount.plus(amount)
    else used.set(key, { request: { metric, operation }, dimensions, atMs, amount })
  }
}
