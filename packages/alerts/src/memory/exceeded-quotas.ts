import { periodIncludes, Temporal } from '@tollgate/kernel'
import type { AlertStore } from '../alert-store.ts'
import type { ExceededQuota } from '../model/exceeded-quota.ts'

/** The part of the store that keeps exceeded quotas. */
export function memoryExceededQuotas(): Pick<AlertStore, 'quotaCursor' | 'addExceededQuotas' | 'exceededQuotas'> {
  const kept = new Map<string, ExceededQuota>()
  let cursor: string | undefined

  return {
    quotaCursor: async () => cursor,
    async addExceededQuotas({ exceeded, last, keepFrom }) {
      for (const quota of exceeded) if (!kept.has(quota.cursor)) kept.set(quota.cursor, quota)
      for (const [key, { occurredAt }] of kept) if (Temporal.Instant.compare(occurredAt, keepFrom) < 0) kept.delete(key)
      if (cursor === undefined || BigInt(last) > BigInt(cursor)) cursor = last
    },
    async exceededQuotas(range) {
      const inRange = [...kept.values()].filter(({ occurredAt }) => periodIncludes(range, occurredAt))
      return [...Map.groupBy(inRange, ({ tenantId }) => tenantId)].map(([tenantId, quotas]) => ({
        tenantId,
        count: quotas.length,
        last: quotas.reduce((last, quota) => (BigInt(quota.cursor) > BigInt(last.cursor) ? quota : last)),
      }))
    },
  }
}
