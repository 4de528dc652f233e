import { checkPageSize } from '@tollgate/kernel'
import { checkShape } from '@tollgate/kernel/input'
import { boundsOf } from './engine/demands/make-demands.ts'
import { checkPercent } from './model/policies/check-percent.ts'
import { checkTenantId } from './model/decisions/check-question.ts'
import { type CursorPage, decodeCursor, encodeCursor, toCursorPage, PAGE_SIZES } from './model/cursor-page.ts'
import { type LimitKeyParts, limitKeyOf } from './model/limits/limit-key.ts'
import { LIMIT } from './model/policies/policy-shapes.ts'
import type { Amount, PolicyDraft } from './model/policies/policy-draft.ts'
import { type QuotaUsage, quotaUsageOf } from './model/counters/quota-usage.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import type { QuotaUsageReader } from './quota-usage-reader.ts'
import { retryWhileStale } from './retry-while-stale.ts'

/** The quotas of a tenant to list. */
export interface QuotaUsageInput {
  readonly tenantId: string
  /** Only this limit. Defaults to all. */
  readonly limitKey?: LimitKeyParts | undefined
  /** Only quotas that used at least this percentage of their limit. */
  readonly atLeastPercent?: Amount | undefined
  /** 1 to 1,000. Defaults to 100. */
  readonly first?: number | undefined
  /** Return quotas after this cursor. */
  readonly after?: string | undefined
}

/** Lists the current usage of a tenant's quotas in pages: by limit key, then by scope value. */
export async function listQuotaUsage(
  dependencies: DecisionDependencies & { readonly usageReader: Pick<QuotaUsageReader, 'readUsage'> },
  input: QuotaUsageInput,
  nowMs: number,
): Promise<CursorPage<QuotaUsage>> {
  const tenantId = checkTenantId(input.tenantId)
  const first = checkPageSize(input.first, PAGE_SIZES)
  const percent = input.atLeastPercent === undefined ? null : checkPercent(input.atLeastPercent)
  const [afterLimitKey = '', afterValue = ''] = input.after === undefined ? [] : decodeCursor(input.after, 2)
  if (input.limitKey !== undefined) checkShape(LIMIT, input.limitKey as PolicyDraft, 'limitKey')
  const only = input.limitKey && limitKeyOf(input.limitKey)
  const { counters, usageReader } = dependencies
  return retryWhileStale(dependencies.policies, tenantId, async policies => {
    const read = await counters.read({ tenantId, revision: policies.revision, nowMs, counters: [] })
    if ('kind' in read) return 'stale'
    const wanted = policies
      .inEffect(nowMs)
      .filter(({ limitKey, limit }) => (only === undefined || limitKey === only) && limitKey >= afterLimitKey && (percent === null || limit !== null))
      .sort((a, b) => (a.limitKey < b.limitKey ? -1 : 1))
    const byLimitKey = new Map(wanted.map(policy => [policy.limitKey, { policy, bounds: boundsOf(policy, nowMs, policies, dependencies) }]))
    const limitKeys = [...byLimitKey].map(([limitKey, { policy, bounds }]) => ({
      limitKey,
      fromMs: bounds.fromMs,
      minUsed: percent === null ? null : (policy.limit?.times(percent).div(100) ?? null),
      after: limitKey === afterLimitKey ? afterValue : null,
    }))
    const found = limitKeys.length === 0 ? [] : await usageReader.readUsage({ tenantId, nowMs, limitKeys, first: first + 1 })
    const usage = found.flatMap(reading => {
      const known = byLimitKey.get(reading.limitKey)
      if (known === undefined) return []
      return [{ ...quotaUsageOf(known.policy, reading, known.bounds, nowMs), cursor: encodeCursor(reading.limitKey, reading.scopeValue) }]
    })
    return toCursorPage(usage, first)
  })
}
