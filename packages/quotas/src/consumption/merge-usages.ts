import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { readAmount } from '../policies/check-policy.ts'
import { type CheckedRequest, checkQuestion } from '../decisions/check-requests.ts'
import type { Demand } from '../decisions/demand.ts'
import { type CounterFinding, makeDemands } from '../decisions/make-demands.ts'
import type { DimensionValues } from '../policies/quota-dimension.ts'
import type { QuotaRequest, ConsumeInput } from '../quotas.ts'
import type { TenantPolicies } from '../policies/tenant-policies.ts'
import { timeMark, type UsageGrouping } from './usage-grouping.ts'

/** An amount of one metric, of one time, by the same who and what, as far as the policies look. */
interface UsedAmount {
  readonly request: Omit<CheckedRequest, 'amount'>
  readonly dimensions: DimensionValues
  readonly atMs: number
  amount: Decimal
}

const NO_DIMENSIONS: DimensionValues = {}

/**
 * What a tenant's usages ask of its counters, added up. Exact: only what no policy tells apart is added. What no policy
 * looks at is not read, and where there are no policies, nothing is.
 */
export function mergeUsages(
  usages: readonly ConsumeInput[],
  policies: TenantPolicies,
  { nowMs, finding }: { nowMs: number; finding: CounterFinding },
): Demand[] {
  const { grouping, tenantId } = policies
  if (grouping.metrics.size === 0) return []
  const used = new Map<string, UsedAmount>()
  for (const usage of usages) addUsage(used, usage, grouping, nowMs)
  return [...used.values()].flatMap(({ request, amount, dimensions, atMs }) => {
    return makeDemands({ tenantId, requests: [{ ...request, amount }], dimensions }, policies, atMs, finding).demands
  })
}

function addUsage(used: Map<string, UsedAmount>, usage: ConsumeInput, grouping: UsageGrouping, nowMs: number): void {
  const atMs = usage.at?.epochMilliseconds ?? nowMs
  const dimensions = grouping.dimensions.length === 0 ? NO_DIMENSIONS : (usage.dimensions ?? NO_DIMENSIONS)
  const values = grouping.dimensions.map(dimension => dimensions[dimension] ?? null)
  const mark = timeMark(grouping, atMs)
  const whose = values.length === 0 ? mark : `${mark} ${JSON.stringify(values)}`
  for (const request of usage.requests) {
    if (!grouping.metrics.has(request.metric)) continue
    const amount = amountOf(request)
    if (amount === null || amount.isZero()) continue
    const { metric } = request
    const operation = grouping.byOperation ? (request.operation ?? null) : null
    const key = operation === null ? `${metric} ${whose}` : `${metric} ${whose} ${JSON.stringify(operation)}`
    const known = used.get(key)
    if (known) {
      known.amount = known.amount.plus(amount)
      continue
    }
    // Whoever is like it has the same texts: they are checked once.
    checkQuestion({ tenantId: usage.tenantId, requests: [{ metric, amount, operation }], dimensions })
    used.set(key, { request: { metric, operation }, dimensions, atMs, amount })
  }
}

/** Throws `InvalidInput` where it is no amount. */
function amountOf({ amount }: QuotaRequest): Decimal | null {
  if (amount === null) return null
  const value = readAmount(amount)
  if (value === undefined) throw new InvalidInput([{ path: 'requests.amount', message: 'must be a decimal of 0 or more, such as "500" or "0.05"' }])
  return value
}
