import { type Counter, counterOf } from './counter.ts'

const MAX_TENANTS = 10_000

/** Returns a `counterOf` that remembers tenant-wide counters: nearly every decision needs one that an earlier decision needed. */
export function rememberCounters(): typeof counterOf {
  const last = new Map<string, Map<string, Counter>>()
  return (tenantId, policy, values, bounds) => {
    if (policy.scope.length > 0) return counterOf(tenantId, policy, values, bounds)
    let ofTenant = last.get(tenantId)
    if (ofTenant === undefined) {
      if (last.size >= MAX_TENANTS) last.clear()
      ofTenant = new Map<string, Counter>()
      last.set(tenantId, ofTenant)
    }
    const known = ofTenant.get(policy.limitKey)
    if (known?.fromMs === bounds.fromMs && known.toMs === bounds.toMs) return known
    const counter = counterOf(tenantId, policy, values, bounds)
    ofTenant.set(policy.limitKey, counter)
    return counter
  }
}
