import { type Decimal, InvalidInput } from '@tollgate/kernel'
import { readAmount } from '../policies/check-policy.ts'
import { checkTenant } from '../decisions/check-requests.ts'
import { type Deciding, whileStale } from '../decisions/decide-question.ts'
import { boundsOf } from '../decisions/make-demands.ts'
import { checkFirst, type CursorPage, decodeCursor, encodeCursor, toCursorPage } from './cursor-page.ts'
import { quotaUsageOf } from './quota-usage.ts'
import type { QuotaUsage, QuotaUsageInput } from '../quotas.ts'
import { limitKeyOf } from '../policies/limit-key.ts'

/** Shows how a tenant's quotas stand, in pages. */
export async function listQuotaUsage(deciding: Deciding, input: QuotaUsageInput, nowMs: number): Promise<CursorPage<QuotaUsage>> {
  const tenantId = checkTenant(input.tenantId)
  const first = checkFirst(input.first)
  const percent = input.atLeastPercent === undefined ? null : readPercent(input.atLeastPercent)
  const [afterLimitKey = '', afterValue = ''] = input.after === undefined ? [] : decodeCursor(input.after, 2)
  const only = input.limitKey && limitKeyOf(input.limitKey)
  const { store } = deciding
  return whileStale(deciding, { question: { tenantId, requests: [], dimensions: {} }, nowMs }, async policies => {
    const read = await store.read({ tenantId, revision: policies.revision, nowMs, counters: [] })
    if ('kind' in read) return 'stale'
    const wanted = policies
      .inEffect(nowMs)
      .filter(({ limitKey, limit }) => (only === undefined || limitKey === only) && limitKey >= afterLimitKey && (percent === null || limit !== null))
      .sort((a, b) => (a.limitKey < b.limitKey ? -1 : 1))
    const byLimitKey = new Map(wanted.map(policy => [policy.limitKey, { policy, bounds: boundsOf(policy, nowMs, policies, deciding) }]))
    const limitKeys = [...byLimitKey].map(([limitKey, { policy, bounds }]) => ({
      limitKey,
      fromMs: bounds.fromMs,
      leastUsed: percent === null ? null : (policy.limit?.times(percent).div(100) ?? null),
      after: limitKey === afterLimitKey ? afterValue : null,
    }))
    const found = limitKeys.length === 0 ? [] : await store.readUsage({ tenantId, nowMs, limitKeys, first: first + 1 })
    const usage = found.flatMap(reading => {
      const known = byLimitKey.get(reading.limitKey)
      if (known === undefined) return []
      return [{ ...quotaUsageOf(known.policy, reading, known.bounds, nowMs), cursor: encodeCursor(reading.limitKey, reading.scopeValue) }]
    })
    return toCursorPage(usage, first)
  })
}

const MAX_PERCENT = 1_000_000

/** A percentage to compare with. Throws `InvalidInput`. */
export function readPercent(amount: Decimal | string, least = 0): Decimal {
  const percent = readAmount(amount)
  if (percent?.gte(least) === true && percent.lte(MAX_PERCENT)) return percent
  throw new InvalidInput([{ path: 'atLeastPercent', message: `must be a decimal from ${least} to ${MAX_PERCENT}, such as "80"` }])
}
