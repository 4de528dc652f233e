import { singleFlight } from '@tollgate/kernel'
import type { PolicySnapshot } from './model/policies/policy-snapshot.ts'
import type { PolicyStore } from './policy-store.ts'

/**
 * Returns a function that loads the policy snapshot of a tenant. Concurrent calls share one read: a server that has just started,
 * or whose plans were just published, needs the snapshots of all its tenants at once.
 */
export function snapshotLoader(store: Pick<PolicyStore, 'policySnapshots'>): (tenantId: string) => Promise<PolicySnapshot> {
  const load = singleFlight(
    async (requested: readonly string[]) => {
      const tenantIds = [...new Set(requested)]
      const snapshots = await store.policySnapshots(tenantIds)
      return new Map(snapshots.map((snapshot, i) => [tenantIds[i] ?? '', snapshot]))
    },
    { joinTurn: true },
  )
  return async tenantId => {
    const snapshot = (await load(tenantId)).get(tenantId)
    if (snapshot === undefined) throw new Error(`The store returned no policy snapshot of ${tenantId}`)
    return snapshot
  }
}
