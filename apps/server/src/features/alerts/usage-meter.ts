import type { UsageMeter } from '@tollgate/alerts'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { UsageStore } from '@tollgate/usage'

/** Measures usage of all tenants for alert rules, with one query for each request. */
export function usageMeter({ measure }: Pick<UsageStore, 'measure'>): UsageMeter {
  return {
    async measure({ scope, ranges, latency = false }) {
      const groups = await measure(OPERATOR_SCOPE, { buckets: ranges, latency, ...(scope === 'TENANT' && { by: ['tenant'] }) })
      return groups.map(({ bucket, key, measures: { calls, failures, rateLimited, cost, unpricedCalls, latency: percentiles } }) => ({
        tenantId: key[0] ?? null,
        range: bucket,
        calls,
        failures,
        rateLimited,
        cost,
        unpricedCalls,
        latency: percentiles,
      }))
    },
  }
}
