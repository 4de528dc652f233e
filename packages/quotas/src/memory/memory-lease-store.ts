import type { LeaseStore } from '../lease-store.ts'
import type { MemoryDatabase } from './memory-database.ts'

/** Knows the leases of all users of the same memory store. */
export function memoryLeaseStore({ counters, recallListeners, state }: MemoryDatabase): LeaseStore {
  return {
    hasOutdatedLeases: async ({ tenantId, nowMs }) =>
      counters().some(counter => {
        if (tenantId !== null && counter.tenantId !== tenantId) return false
        const holds = [...(state.counters.get(counter.key)?.holds.values() ?? [])]
        return holds.some(({ revision, expiresAtMs }) => revision !== null && expiresAtMs > nowMs && revision !== state.revisionOf(counter.tenantId))
      }),
    async onRecall(listener) {
      recallListeners.add(listener)
      return async () => void recallListeners.delete(listener)
    },
  }
}
