import { type Scope, tenantScope, type Transaction, ZERO } from '@tollgate/kernel'
import type { QuotaDimension, RecordedUsage } from '@tollgate/quotas'
import { totalTokens } from '@tollgate/tokens'
import { type Dimension, DIMENSIONS, EVENT_LIMITS, type MeasuredGroup, type MeasureQuery } from '@tollgate/usage'
import { countedAmounts } from './counted-amounts.ts'

/** Where usage is read. */
export interface UsageReading {
  readonly measure: (scope: Scope, query: MeasureQuery, transaction: Transaction) => Promise<readonly MeasuredGroup[]>
  readonly tenantIds: (transaction: Transaction) => Promise<readonly string[]>
}

/**
 * What usage says that was used so far, counted as its events are. With the costs that were recorded, as quotas counted
 * them: what re-rating corrects later moves no counter. By session usage has no sums.
 */
export function recordedUsage({ measure, tenantIds }: UsageReading): RecordedUsage {
  return {
    aheadMs: EVENT_LIMITS.minutesAhead * 60_000,
    tenants: tenantIds,
    async sums(transaction, query) {
      const { scope } = query
      if (!scope.every(isDimension)) return []
      const groups = await measure(
        tenantScope(...query.tenantIds),
        {
          buckets: query.periods,
          by: ['tenant', ...scope],
          costs: 'recorded',
          ...(query.operation !== null && { filter: { operations: [query.operation] } }),
        },
        transaction,
      )
      return groups.map(({ bucket, key: [tenantId, ...scopeValues], measures: { calls, rateLimited, tokens, cost } }) => {
        const amounts = countedAmounts({ served: calls - rateLimited, tokens: totalTokens(tokens), cost })
        return { tenantId: tenantId ?? '', period: bucket, scopeValues, amount: amounts[query.metric] ?? ZERO }
      })
    },
  }
}

function isDimension(dimension: QuotaDimension): dimension is QuotaDimension & Dimension {
  return DIMENSIONS.some(known => known === dimension)
}
