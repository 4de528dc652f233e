import { Temporal, tenantScope } from '@tollgate/kernel'
import { nextChange } from '../engine/subscriptions/phases.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'
import type { Alongside, SubscriptionStore } from '../subscription-store.ts'

/** Keeps subscriptions in memory. */
export function memorySubscriptionStore(): SubscriptionStore {
  const byTenant = new Map<string, readonly Subscription[]>()
  const ofTenant = (tenantId: string) => byTenant.get(tenantId) ?? []

  async function store(tenantId: string, subscriptions: readonly Subscription[], alongside: Alongside): Promise<boolean> {
    const before = ofTenant(tenantId)
    byTenant.set(tenantId, subscriptions)
    try {
      await alongside({ scope: tenantScope(tenantId) })
    } catch (error) {
      byTenant.set(tenantId, before)
      throw error
    }
    return true
  }

  return {
    ofTenant: async tenantId => ofTenant(tenantId),
    async add(subscription, alongside) {
      const { tenantId } = subscription
      const own = ofTenant(tenantId)
      return own.every(({ endedAt }) => endedAt !== null) && store(tenantId, [...own, subscription], alongside)
    },
    async update(subscription, alongside) {
      const { tenantId, id, revision } = subscription
      const own = ofTenant(tenantId)
      const stored = own.find(one => one.id === id)
      if (stored?.revision !== revision - 1) return false
      return store(
        tenantId,
        own.map(one => (one === stored ? subscription : one)),
        alongside,
      )
    },
    ofTenants: async tenantIds => tenantIds.flatMap(id => byTenant.get(id) ?? []),
    async due(at, first, except = []) {
      const changes = [...byTenant.values()].flat().flatMap(subscription => {
        const next = nextChange(subscription, subscription.advancedTo)
        return next === null || except.includes(subscription.tenantId) || Temporal.Instant.compare(next, at) > 0
          ? []
          : [{ tenantId: subscription.tenantId, next }]
      })
      return changes
        .toSorted((a, b) => Temporal.Instant.compare(a.next, b.next))
        .slice(0, first)
        .map(({ tenantId }) => tenantId)
    },
    async page({ first, after }) {
      const tenantIds = [...byTenant.keys()].filter(id => ofTenant(id).length > 0 && (after === null || id > after)).toSorted()
      return tenantIds.slice(0, first).map(ofTenant)
    },
  }
}
