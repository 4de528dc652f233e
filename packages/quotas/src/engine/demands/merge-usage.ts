import { type Decimal, InvalidInput } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import { type CheckedRequest, checkQuestion } from '../../model/decisions/check-question.ts'
import type { DimensionValues } from '../../model/limits/dimension.ts'
import type { QuotaQuestion, QuotaRequest } from '../../model/decisions/question.ts'
import { readAmount } from '../../model/policies/read-amount.ts'
import type { TenantPolicies } from '../../model/policies/tenant-policies.ts'
import { timeOfUsage } from '../../model/decisions/time-of-usage.ts'
import { timeGroup, type UsageGrouping } from '../../model/policies/usage-grouping.ts'
import type { Demand } from './demand.ts'
import { type CounterFinder, makeDemands } from './make-demands.ts'

/** Amounts that happened, and when. */
interface Usage extends QuotaQuestion {
  readonly at?: TimeInput | undefined
}

/** The total of one metric over all usage that the policies do not distinguish. */
interface UsageTotal {
  readonly request: Omit<CheckedRequest, 'amount'>
  readonly dimensions: DimensionValues
  readonly atMs: number
  amount: Decimal
}

const NO_DIMENSIONS: DimensionValues = {}

/**
 * Adds up usage of one tenant and returns the demands of the totals. Exact, since only usage that no policy distinguishes is
 * added. Fields that no policy looks at are not read; without policies, nothing is.
 */
export function mergeUsage(usages: readonly Usage[], policies: TenantPolicies, { nowMs, finder }: { nowMs: number; finder: CounterFinder }): Demand[] {
  const { grouping, tenantId } = policies
  if (grouping.metrics.size === 0) return []
  const totals = new Map<string, UsageTotal>()
  for (const usage of usages) addUsage(totals, usage, grouping, nowMs)
  return [...totals.values()].flatMap(({ request, amount, dimensions, atMs }) => {
    return makeDemands({ tenantId, requests: [{ ...request, amount }], dimensions }, policies, atMs, finder).demands
  })
}

function addUsage(totals: Map<string, UsageTotal>, usage: Usage, grouping: UsageGrouping, nowMs: number): void {
  const atMs = timeOfUsage(usage.at, nowMs)
  const dimensions = grouping.dimensions.length === 0 ? NO_DIMENSIONS : (usage.dimensions ?? NO_DIMENSIONS)
  const values = grouping.dimensions.map(dimension => dimensions[dimension] ?? null)
  const time = timeGroup(grouping, atMs)
  const group = values.length === 0 ? time : `${time} ${JSON.stringify(values)}`
  for (const request of usage.requests) {
    if (!grouping.metrics.has(request.metric)) continue
    const amount = amountOf(request)
    if (amount === null || amount.isZero()) continue
    const { metric } = request
    const operation = grouping.byOperation ? (request.operation ?? null) : null
    const key = operation === null ? `${metric} ${group}` : `${metric} ${group} ${JSON.stringify(operation)}`
    const total = totals.get(key)
    if (total) {
      total.amount = total.amount.plus(amount)
      continue
    }
    // All usage of a group has the same texts: they are checked once.
    checkQuestion({ tenantId: usage.tenantId, requests: [{ metric, amount, operation }], dimensions })
    totals.set(key, { request: { metric, operation }, dimensions, atMs, amount })
  }
}

/** Throws `InvalidInput` for an invalid amount. */
function amountOf({ amount }: QuotaRequest): Decimal | null {
  if (amount === null) return null
  const value = readAmount(amount)
  if (value === undefined) throw new InvalidInput([{ path: 'requests.amount', message: 'must be a decimal of 0 or more, such as "500" or "0.05"' }])
  return value
}
