import { Decimal, periodIncludes, Temporal, ZERO } from '@tollgate/kernel'
import type { DimensionValues } from '../../model/limits/dimension.ts'
import type { ConsumeInput } from '../../consume.ts'
import type { PlanTenantsQuery, RecordedUsage, RecordedUsageQuery } from '../../recorded-usage.ts'

/** One use of tokens in a test. */
export interface TestUse {
  readonly tenantId: string
  readonly at: string
  readonly tokens: number
  readonly operation?: string
  readonly dimensions?: DimensionValues
}

/** Recorded usage in a list, and the queries that were made. It records tokens only, and does not distinguish sessions. */
export interface UsageOfTests extends RecordedUsage {
  readonly uses: TestUse[]
  readonly asked: RecordedUsageQuery[]
  readonly askedTenants: PlanTenantsQuery[]
}

/** Creates recorded usage without any uses. */
export function usageOfTests(): UsageOfTests {
  const uses: TestUse[] = []
  const asked: RecordedUsageQuery[] = []
  const askedTenants: PlanTenantsQuery[] = []
  return {
    uses,
    asked,
    askedTenants,
    aheadMs: 600_000,
    async tenants(_, query) {
      askedTenants.push(query)
      return [...new Set(uses.map(({ tenantId }) => tenantId))]
    },
    async sums(_, query) {
      asked.push(query)
      if (query.metric !== 'tokens' || query.scope.includes('session')) return []
      return query.periods.flatMap((period, position) => {
        const found = uses.filter(
          ({ tenantId, at, operation }) =>
            query.tenantIds.includes(tenantId) &&
            periodIncludes(period, Temporal.Instant.from(at)) &&
            (query.operation === null || query.operation === operation),
        )
        const valuesOf = ({ operation, dimensions = {} }: TestUse) => query.scope.map(name => ({ ...dimensions, operation })[name] ?? null)
        return [...Map.groupBy(found, use => JSON.stringify([use.tenantId, valuesOf(use)])).values()].flatMap(([first, ...others]) =>
          first === undefined
            ? []
            : [
                {
                  tenantId: first.tenantId,
                  period: position,
                  scopeValues: valuesOf(first),
                  amount: [first, ...others].reduce((sum, { tokens }) => sum.plus(tokens), ZERO),
                },
              ],
        )
      })
    },
  }
}

/** Returns the input that counts a use. */
export function usageToCount({ tenantId, at, tokens, operation, dimensions = {} }: TestUse): ConsumeInput {
  return { tenantId, at: Temporal.Instant.from(at), dimensions, requests: [{ metric: 'tokens', amount: new Decimal(tokens), operation }] }
}
