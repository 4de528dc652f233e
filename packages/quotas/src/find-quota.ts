import { checkShape } from '@tollgate/kernel/input'
import { boundsOf } from './engine/demands/make-demands.ts'
import { checkTenantId } from './model/decisions/check-question.ts'
import { LIMIT } from './model/policies/policy-shapes.ts'
import { type LimitKeyParts, limitKeyOf } from './model/limits/limit-key.ts'
import type { PolicyDraft } from './model/policies/policy-draft.ts'
import { type QuotaUsage, quotaUsageOf } from './model/counters/quota-usage.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** The quota to read: a limit of a tenant, for one value of its scope. */
export interface QuotaInput {
  readonly tenantId: string
  /** The limit, or its key. */
  readonly limitKey: LimitKeyParts | string
  /** One value for each dimension of the scope. Defaults to none, for a limit of the whole tenant. */
  readonly scopeValue?: readonly (string | null)[] | undefined
}

/** Returns one quota and its usage. Undefined if no policy is in effect for the limit, or the values do not match its scope. */
export async function findQuota(
  dependencies: DecisionDependencies,
  { tenantId, limitKey, scopeValue = [] }: QuotaInput,
  nowMs: number,
): Promise<QuotaUsage | undefined> {
  if (typeof limitKey !== 'string') checkShape(LIMIT, limitKey as PolicyDraft, 'limitKey')
  const wanted = typeof limitKey === 'string' ? limitKey : limitKeyOf(limitKey)
  return retryWhileStale(dependencies.policies, checkTenantId(tenantId), async policies => {
    const policy = policies.inEffect(nowMs).find(one => one.limitKey === wanted)
    const bounds = policy && boundsOf(policy, nowMs, policies, dependencies)
    const values = Object.fromEntries(policy?.scope.map((dimension, i) => [dimension, scopeValue[i]]) ?? [])
    const counters = policy && bounds ? [dependencies.counterOf(tenantId, policy, values, bounds)] : []
    const readings = await dependencies.counters.read({ tenantId, revision: policies.revision, nowMs, counters })
    if ('kind' in readings) return 'stale'
    const [reading] = readings
    if (policy === undefined || bounds === undefined || reading === undefined || policy.scope.length !== scopeValue.length) return undefined
    return quotaUsageOf(policy, { scopeValue: JSON.stringify(scopeValue), ...reading }, bounds, nowMs)
  })
}
