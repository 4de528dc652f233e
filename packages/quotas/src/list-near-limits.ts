import { checkPageSize, type Scope, ZERO } from '@tollgate/kernel'
import { boundsOf, type CounterFinder } from './engine/demands/make-demands.ts'
import { checkPercent } from './model/policies/check-percent.ts'
import { type CursorPage, decodeCursor, encodeCursor, PAGE_SIZES } from './model/cursor-page.ts'
import type { Amount } from './model/policies/policy-draft.ts'
import { quotaUsageOf, type TenantQuotaUsage } from './model/counters/quota-usage.ts'
import type { TenantPolicies } from './model/policies/tenant-policies.ts'
import type { DecisionDependencies } from './decision-dependencies.ts'
import type { PolicyCache } from './policy-cache.ts'
import { type FullnessCursor, MIN_NEAR_LIMIT_PERCENT, type NearLimitReading, type QuotaUsageReader } from './quota-usage-reader.ts'

/** The quotas of all tenants to list. */
export interface NearLimitsInput {
  /** Percentage of the limit. At least 50. Defaults to 80. */
  readonly atLeastPercent?: Amount | undefined
  /** Only quotas that are over their limit. Defaults to false. */
  readonly exceeded?: boolean | undefined
  /** 1 to 1,000. Defaults to 100. */
  readonly first?: number | undefined
  /** Return quotas after this cursor. */
  readonly after?: string | undefined
}

const DEFAULT_PERCENT = '80'
const MAX_READS = 10

/**
 * Lists quotas that are near their limits, the fullest first. The store finds counters by the limit of their last use, and the
 * current policies decide which of them are shown. A read may therefore yield less than a page; then up to ten reads are made.
 */
export async function listNearLimits(
  dependencies: DecisionDependencies & { readonly usageReader: Pick<QuotaUsageReader, 'readNearLimits'> },
  scope: Scope,
  input: NearLimitsInput,
  nowMs: number,
): Promise<CursorPage<TenantQuotaUsage>> {
  const { atLeastPercent = DEFAULT_PERCENT, exceeded = false } = input
  const minPercent = checkPercent(atLeastPercent, MIN_NEAR_LIMIT_PERCENT)
  const first = checkPageSize(input.first, PAGE_SIZES)
  const items: CursorPage<TenantQuotaUsage>['items'][number][] = []
  const pageBefore = (next: string | null): CursorPage<TenantQuotaUsage> => ({ items, hasMore: next !== null, next })
  let after = input.after === undefined ? null : readCursor(input.after)
  for (let reads = 0; reads < MAX_READS; reads++) {
    const found = await dependencies.usageReader.readNearLimits(scope, { nowMs, minPercent, exceeded, after, first })
    const policies = await currentPolicies(dependencies.policies, found)
    for (const reading of found) {
      after = reading.at
      const usage = usageNow(reading, policies.get(reading.tenantId), nowMs, dependencies)
      if (usage === undefined || (exceeded && !usage.exceeded)) continue
      if (usage.used.times(100).lt((usage.limit ?? ZERO).times(minPercent))) continue
      items.push({ ...usage, tenantId: reading.tenantId, cursor: cursorOf(reading.at) })
      if (items.length === first) return pageBefore(cursorOf(after))
    }
    if (found.length < first) return pageBefore(null)
  }
  return pageBefore(after === null ? null : cursorOf(after))
}

/** Returns the policies of each tenant, reloaded if those in memory are not of the store's revision. */
async function currentPolicies(policies: PolicyCache, found: readonly NearLimitReading[]): Promise<ReadonlyMap<string, TenantPolicies>> {
  const revisions = new Map(found.map(({ tenantId, revision }) => [tenantId, revision]))
  const read = [...revisions].map(async ([tenantId, revision]) => {
    const known = await policies.of(tenantId)
    if (known.revision === revision) return [tenantId, known] as const
    policies.forget(tenantId)
    return [tenantId, await policies.of(tenantId)] as const
  })
  return new Map(await Promise.all(read))
}

/** Returns the usage under the current policy. Undefined if there is none with a limit, or its window differs. */
function usageNow(reading: NearLimitReading, policies: TenantPolicies | undefined, nowMs: number, finder: CounterFinder) {
  const policy = policies?.inEffect(nowMs).find(({ limitKey }) => limitKey === reading.limitKey)
  if (policies === undefined || policy === undefined || policy.limit === null) return undefined
  const bounds = boundsOf(policy, nowMs, policies, finder)
  return bounds.fromMs === reading.fromMs ? quotaUsageOf(policy, reading, bounds, nowMs) : undefined
}

function cursorOf({ fullness, counter }: FullnessCursor): string {
  return encodeCursor(fullness, counter)
}

function readCursor(cursor: string): FullnessCursor {
  const [fullness = '', counter = ''] = decodeCursor(cursor, 2)
  return { fullness: /^(?:Infinity|\d{1,100}(?:\.\d{1,100})?)$/.test(fullness) ? fullness : '0', counter }
}
