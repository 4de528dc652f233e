import { scopeIncludes, toPage } from '@tollgate/kernel'
import { rejectionFingerprint } from './engine/rejection-fingerprint.ts'
import { MAX_REJECTED_EVENTS } from './model/event-limits.ts'
import type { RejectedEvent } from './model/rejected-event.ts'
import type { RejectedEventStore, RejectedEventStoreOptions } from './rejected-event-store.ts'

/** Stores the latest rejected events of each tenant in the memory of the process. */
export function recentRejectedEvents({ maxPerTenant = MAX_REJECTED_EVENTS }: RejectedEventStoreOptions = {}): RejectedEventStore {
  /** In the order in which they were rejected first, so that the oldest are found without looking at the others. */
  const byTenant = new Map<string, Map<string, RejectedEvent>>()
  const tenantOf = new Map<string, string>()
  const unresolved = new Map<string, string>()

  function discardOldest(entries: Map<string, RejectedEvent>): number {
    let discarded = 0
    for (const [id, entry] of entries) {
      if (entries.size <= maxPerTenant) break
      entries.delete(id)
      tenantOf.delete(id)
      forget(entry)
      discarded += 1
    }
    return discarded
  }

  function forget(entry: RejectedEvent): void {
    const fingerprint = rejectionFingerprint(entry)
    if (unresolved.get(fingerprint) === entry.id) unresolved.delete(fingerprint)
  }

  function find(id: string): RejectedEvent | undefined {
    return byTenant.get(tenantOf.get(id) ?? '')?.get(id)
  }

  return {
    async add(rejected) {
      let discarded = 0
      for (const entry of rejected) {
        const entries = byTenant.get(entry.tenantId) ?? new Map<string, RejectedEvent>()
        byTenant.set(entry.tenantId, entries)
        const fingerprint = rejectionFingerprint(entry)
        const same = find(unresolved.get(fingerprint) ?? '')
        if (same !== undefined) {
          entries.set(same.id, { ...same, reason: entry.reason, attempts: same.attempts + 1 })
          continue
        }
        entries.set(entry.id, { ...entry, attempts: 1, resolvedAt: null })
        tenantOf.set(entry.id, entry.tenantId)
        unresolved.set(fingerprint, entry.id)
        discarded += discardOldest(entries)
      }
      return { discarded }
    },

    async list(scope, { first, after, includeResolved = false }) {
      const found = [...byTenant]
        .flatMap(([tenantId, entries]) => (scopeIncludes(scope, tenantId) ? [...entries.values()] : []))
        .filter(entry => (includeResolved || entry.resolvedAt === null) && (after === undefined || entry.id < after))
        .sort((a, b) => (a.id < b.id ? 1 : -1))
      return toPage(found, first)
    },

    async byId(scope, id) {
      const entry = find(id)
      return entry !== undefined && scopeIncludes(scope, entry.tenantId) ? entry : undefined
    },

    async resolve(scope, id, at) {
      const entry = find(id)
      if (entry === undefined || !scopeIncludes(scope, entry.tenantId) || entry.resolvedAt !== null) return
      forget(entry)
      byTenant.get(entry.tenantId)?.set(id, { ...entry, resolvedAt: at })
    },
  }
}
