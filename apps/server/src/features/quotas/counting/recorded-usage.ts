import type { TenantTiers } from '@tollgate/accounts/postgres'
import { type Scope, tenantScope, type Transaction, ZERO } from '@tollgate/kernel'
import type { QuotaDimension, RecordedUsage } from '@tollgate/quotas'
import { type Dimension, DIMENSIONS, EVENT_LIMITS, type MeasuredGroup, type MeasureQuery } from '@tollgate/usage'
import { countedAmounts } from './counted-amounts.ts'

/** What recorded usage is read from. */
export interface RecordedUsageDependencies {
  readonly measure: (scope: Scope, query: MeasureQuery, transaction: Transaction) => Promise<readonly MeasuredGroup[]>
  readonly tenantIds: (transaction: Transaction, tiers: TenantTiers) => Promise<readonly string[]>
}

/**
 * Reads how much was used before a quota started to count, by the same rules as for single events. Costs are as they were
 * recorded, because quotas counted those: re-rating does not change counters. Usage has no sums by session, and none of
 * credits: a new quota of credits counts from now on.
 */
export function recordedUsage({ measure, tenantIds }: RecordedUsageDependencies): RecordedUsage {
  return {
    aheadMs: EVENT_LIMITS.minutesAhead * 60_000,
    // A tenant without a tier has the default plan. It is the fallback, so no query names it as `plan`.
    tenants: (transaction, query) => tenantIds(transaction, 'plan' in query ? { tier: query.plan } : { tierNotIn: query.planNotIn }),
    async sums(transaction, query) {
      const { scope } = query
      if (!scope.every(isDimension)) return []
      const groups = await measure(
        tenantScope(...query.tenantIds),
        {
          buckets: query.periods,
          by: ['tenant', ...scope],
          costs: 'recorded',
          details: false,
          ...(query.operation !== null && { filter: { operations: [query.operation] } }),
        },
        transaction,
      )
      return groups.map(({ bucket, key: [tenantId, ...scopeValues], measures: { calls, rateLimited, tokens, cost } }) => {
        const amounts = countedAmounts({ served: calls - rateLimited, tokens: tokens.total, cost, credits: null })
        return { tenantId: tenantId ?? '', period: bucket, scopeValues, amount: amounts[query.metric] ?? ZERO }
      })
    },
  }
}

function isDimension(dimension: QuotaDimension): dimension is QuotaDimension & Dimension {
  return DIMENSIONS.some(known => known === dimension)
}
