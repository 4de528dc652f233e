import { randomIds, type Scope, tenantScope } from '@tollgate/kernel'

const ids = randomIds()

/** Returns a tenant that no other test uses, and its scope. */
export function freshTenant(name = 'acme'): { tenantId: string; scope: Scope } {
  const tenantId = `${name}-${ids.uuidV7(0).slice(14)}`
  return { tenantId, scope: tenantScope(tenantId) }
}
