import { checkPageSize } from '@tollgate/kernel'
import { boundsOf } from './engine/demands/make-demands.ts'
import { checkTenantId } from './model/decisions/check-question.ts'
import { PAGE_SIZES } from './model/cursor-page.ts'
import type { FailureMode } from './model/policies/policy.ts'
import { type QuotaUsage, quotaUsageOf } from './model/counters/quota-usage.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import type { QuotaUsageReader } from './quota-usage-reader.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** The tenant whose quotas to show. */
export interface StatusInput {
  readonly tenantId: string
  /** Returns only the quotas of this customer: those whose scope is the customer and nothing else. Defaults to all quotas. */
  readonly customerId?: string | undefined
  /** Maximum number of scope values of each scoped policy, the most used first. 1 to 1,000. Defaults to 100. */
  readonly first?: number | undefined
}

/** All quotas of a tenant at one moment. */
export interface QuotaStatus {
  readonly plan: string
  /** The decision for metrics without a policy. */
  readonly unlisted: FailureMode
  /** Whether more is used of any quota than its limit, including scope values that `quotas` does not show. */
  readonly anyExceeded: boolean
  readonly quotas: readonly QuotaUsage[]
}

/**
 * Returns all quotas of a tenant. A tenant-wide quota is always included. A scoped quota is included for each value with
 * usage, the most used first, so that any page shows whether one is exceeded.
 */
export async function readStatus(
  dependencies: DecisionDependencies & { readonly usageReader: Pick<QuotaUsageReader, 'readLimitUsage'> },
  { tenantId, customerId, first }: StatusInput,
  nowMs: number,
): Promise<QuotaStatus> {
  const max = checkPageSize(first, PAGE_SIZES)
  const { counters, usageReader, counterOf } = dependencies
  return retryWhileStale(dependencies.policies, checkTenantId(tenantId), async policies => {
    const { plan, revision } = policies
    const shown = policies.inEffect(nowMs).filter(({ scope }) => customerId === undefined || (scope.length === 1 && scope[0] === 'customer'))
    const inEffect = shown.map(policy => ({ policy, bounds: boundsOf(policy, nowMs, policies, dependencies) }))
    // Policies with one counter: that of the tenant, or of the customer.
    const counted = inEffect.filter(({ policy }) => policy.scope.length === 0 || customerId !== undefined)
    const wanted = counted.map(({ policy, bounds }) => counterOf(tenantId, policy, { customer: customerId }, bounds))
    const readings = await counters.read({ tenantId, customerId, revision, nowMs, counters: wanted })
    if ('kind' in readings) return 'stale'
    const quotas = await Promise.all(
      inEffect.map(async ({ policy, bounds }) => {
        const position = counted.findIndex(({ policy: { id } }) => id === policy.id)
        const reading = readings[position]
        const found = reading
          ? [{ scopeValue: JSON.stringify(customerId === undefined ? [] : [customerId]), ...reading }]
          : await usageReader.readLimitUsage({ tenantId, limitKey: policy.limitKey, fromMs: bounds.fromMs, nowMs, first: max })
        return found.map(one => quotaUsageOf(policy, one, bounds, nowMs))
      }),
    )
    const usage = quotas.flat()
    return { plan: plan.name, unlisted: plan.unlisted, anyExceeded: usage.some(({ exceeded }) => exceeded), quotas: usage }
  })
}
