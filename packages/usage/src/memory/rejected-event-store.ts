import { scopeIncludes, toPage } from '@tollgate/kernel'
import { rejectionFingerprint } from '../engine/rejection-fingerprint.ts'
import type { RejectedEvent } from '../model/rejected-event.ts'
import { MAX_REJECTED_EVENTS } from '../model/event-limits.ts'
import type { RejectedEventStore, RejectedEventStoreOptions } from '../rejected-event-store.ts'

/** Stores rejected events in memory, for tests and first steps. */
export function memoryRejectedEventStore({ maxPerTenant = MAX_REJECTED_EVENTS }: RejectedEventStoreOptions = {}): RejectedEventStore {
  const entries = new Map<string, RejectedEvent>()

  function discardOldest(tenantId: string): string[] {
    const ids = [...entries.values()].filter(entry => entry.tenantId === tenantId).map(({ id }) => id)
    const oldest = ids.sort((a, b) => (a < b ? 1 : -1)).slice(maxPerTenant)
    for (const id of oldest) entries.delete(id)
    return oldest
  }

  return {
    async add(rejected) {
      for (const entry of rejected) {
        const fingerprint = rejectionFingerprint(entry)
        const same = [...entries.values()].find(({ resolvedAt, ...known }) => resolvedAt === null && rejectionFingerprint(known) === fingerprint)
        if (same === undefined) entries.set(entry.id, { ...entry, attempts: 1, resolvedAt: null })
        else entries.set(same.id, { ...same, reason: entry.reason, attempts: same.attempts + 1 })
      }
      const discarded = [...new Set(rejected.map(({ tenantId }) => tenantId))].flatMap(discardOldest)
      return { discarded: discarded.length }
    },

    async list(scope, { first, after, includeResolved = false }) {
      const found = [...entries.values()]
        .filter(entry => scopeIncludes(scope, entry.tenantId) && (includeResolved || entry.resolvedAt === null))
        .filter(entry => after === undefined || entry.id < after)
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(found, first)
    },

    async byId(scope, id) {
      const entry = entries.get(id)
      return entry !== undefined && scopeIncludes(scope, entry.tenantId) ? entry : undefined
    },

    async resolve(scope, id, at) {
      const entry = entries.get(id)
      if (entry === undefined || !scopeIncludes(scope, entry.tenantId) || entry.resolvedAt !== null) return
      entries.set(id, { ...entry, resolvedAt: at })
    },
  }
}
