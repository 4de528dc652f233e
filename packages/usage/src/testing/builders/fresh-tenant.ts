import { randomIds, type Scope, tenantScope } from '@tollgate/kernel'

const ids = randomIds()

/** A tenant that no other test has, and the scope that sees it alone. */
export function freshTenant(name = 'acme'): { tenantId: string; scope: Scope } {
  const tenantId = `${name}-${ids.uuidV7(0).slice(14)}`
  return { tenantId, scope: tenantScope(tenantId) }
}
