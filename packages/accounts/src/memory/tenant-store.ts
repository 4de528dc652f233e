import { OPERATOR_SCOPE, scopeIncludes, toPage } from '@tollgate/kernel'
import { isSameTenant } from '../model/is-same-tenant.ts'
import type { Tenant } from '../model/tenant.ts'
import type { TenantStore } from '../tenant-store.ts'

/** Keeps tenants in this process. Updates pass on a transaction with only a scope, so no other store can join it. */
export function memoryTenantStore(): TenantStore {
  const tenants = new Map<string, Tenant>()
  let lastUpdate: Promise<unknown> = Promise.resolve()

  return {
    async add(tenant) {
      if (tenants.has(tenant.id)) return false
      tenants.set(tenant.id, tenant)
      return true
    },
    update(id, { apply, afterwards }) {
      const updated = lastUpdate.then(async () => {
        const before = tenants.get(id)
        if (before === undefined) return undefined
        const tenant = apply(before)
        if (isSameTenant(before, tenant)) return before
        await afterwards(before, { scope: OPERATOR_SCOPE })
        tenants.set(id, tenant)
        return tenant
      })
      lastUpdate = updated.catch(() => {})
      return updated
    },
    async byIds(scope, ids) {
      return [...new Set(ids)].flatMap(id => tenants.get(id) ?? []).filter(({ id }) => scopeIncludes(scope, id))
    },
    async list(scope, { first, after }) {
      const listed = [...tenants.values()].filter(({ id }) => scopeIncludes(scope, id) && (after === undefined || id > after))
      return toPage(
        listed.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
        first,
      )
    },
  }
}
