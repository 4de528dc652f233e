import { type Scope, ZERO } from '@tollgate/kernel'
import type { Deciding } from '../decisions/decide-question.ts'
import { readPercent } from './list-quota-usage.ts'
import { boundsOf } from '../decisions/make-demands.ts'
import { checkFirst, type CursorPage, decodeCursor, encodeCursor } from './cursor-page.ts'
import { quotaUsageOf } from './quota-usage.ts'
import type { FullnessCursor, NearLimitReading } from '../quota-store.ts'
import type { NearLimitsInput, TenantQuotaUsage } from '../quotas.ts'
import type { TenantPolicies } from '../policies/tenant-policies.ts'

/** Counters that used less of the limit that they were last used under are not found by how full they are. */
export const NEAR_LIMIT_PERCENT = 50

const DEFAULT_PERCENT = '80'
const MAX_READS = 10

/**
 * Shows quotas near their limits. The store finds counters by the limit that they were last used under; what is shown is
 * held against the policies that hold now. So a read may come to less than a page, and there are more reads, up to ten.
 */
export async function listNearLimits(deciding: Deciding, scope: Scope, input: NearLimitsInput, nowMs: number): Promise<CursorPage<TenantQuotaUsage>> {
  const { atLeastPercent = DEFAULT_PERCENT, exceeded = false } = input
  const leastPercent = readPercent(atLeastPercent, NEAR_LIMIT_PERCENT)
  const first = checkFirst(input.first)
  const items: CursorPage<TenantQuotaUsage>['items'][number][] = []
  const pageBefore = (next: string | null): CursorPage<TenantQuotaUsage> => ({ items, hasMore: next !== null, next })
  let after = input.after === undefined ? null : readCursor(input.after)
  for (let reads = 0; reads < MAX_READS; reads++) {
    const found = await deciding.store.readNearLimits(scope, { nowMs, leastPercent, exceeded, after, first })
    const policies = await policiesOf(deciding, found)
    for (const reading of found) {
      after = reading.at
      const usage = confirm(deciding, reading, policies.get(reading.tenantId), nowMs)
      if (usage === undefined || (exceeded && !usage.exceeded)) continue
      if (usage.used.times(100).lt((usage.limit ?? ZERO).times(leastPercent))) continue
      items.push({ ...usage, tenantId: reading.tenantId, cursor: cursorOf(reading.at) })
      if (items.length === first) return pageBefore(cursorOf(after))
    }
    if (found.length < first) return pageBefore(null)
  }
  return pageBefore(after === null ? null : cursorOf(after))
}

/** Each tenant once. Reads the books that are not in memory, or not of the revision that the store has, together. */
async function policiesOf({ policies }: Deciding, found: readonly NearLimitReading[]): Promise<ReadonlyMap<string, TenantPolicies>> {
  const revisions = new Map(found.map(({ tenantId, revision }) => [tenantId, revision]))
  const read = [...revisions].map(async ([tenantId, revision]) => {
    const known = await policies.of(tenantId)
    if (known.revision === revision) return [tenantId, known] as const
    policies.forget(tenantId)
    return [tenantId, await policies.of(tenantId)] as const
  })
  return new Map(await Promise.all(read))
}

/** How the quota stands under the policy that holds now; undefined where none does, or it counts in another window. */
function confirm(deciding: Deciding, reading: NearLimitReading, policies: TenantPolicies | undefined, nowMs: number) {
  const policy = policies?.inEffect(nowMs).find(({ limitKey }) => limitKey === reading.limitKey)
  if (policies === undefined || policy === undefined || policy.limit === null) return undefined
  const bounds = boundsOf(policy, nowMs, policies, deciding)
  return bounds.fromMs === reading.fromMs ? quotaUsageOf(policy, reading, bounds, nowMs) : undefined
}

function cursorOf({ fullness, counter }: FullnessCursor): string {
  return encodeCursor(fullness, counter)
}

function readCursor(cursor: string): FullnessCursor {
  const [fullness = '', counter = ''] = decodeCursor(cursor, 2)
  return { fullness: /^(?:Infinity|\d{1,100}(?:\.\d{1,100})?)$/.test(fullness) ? fullness : '0', counter }
}
