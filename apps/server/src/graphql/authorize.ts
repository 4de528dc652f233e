import { scopeOf, type Viewer } from '@tollgate/accounts'
import { Forbidden, InvalidInput, type Scope, tenantScope } from '@tollgate/kernel'
import type { KeyScope } from '../features/accounts/key-scopes.ts'
import type { GraphQLContext } from './context.ts'

/** Throws `Forbidden` where the viewer's key does not carry the scope. */
export function requireScope(viewer: Viewer, scope: KeyScope): void {
  if (!viewer.scopes.has(scope)) throw new Forbidden(missingScope(scope))
}

/** What a viewer is told whose key lacks a scope. */
export function missingScope(scope: KeyScope): string {
  return `Your API key does not have the scope "${scope}".`
}

/** The tenant that a tenant's key stands for, or that an operator names, which must exist. */
export async function tenantOf({ viewer, tollgate }: GraphQLContext, tenantId: string | null | undefined): Promise<string> {
  if (viewer.kind === 'tenant') return ownTenant(viewer.tenantId, tenantId)
  if (tenantId === null || tenantId === undefined) {
    throw new InvalidInput([{ path: 'tenantId', message: 'is needed: an operator key stands for no tenant of its own' }])
  }
  await tollgate.accounts.requireTenant(tenantId)
  return tenantId
}

/** What is read where a tenant may be named: that tenant's rows; where none is, all that the viewer may see. */
export async function readScope(context: GraphQLContext, tenantId: string | null | undefined): Promise<Scope> {
  return tenantId === null || tenantId === undefined ? scopeOf(context.viewer) : tenantScope(await tenantOf(context, tenantId))
}

function ownTenant(own: string, named: string | null | undefined): string {
  if (named !== null && named !== undefined && named !== own) {
    throw new Forbidden(`Your API key is of tenant "${own}" and cannot act for tenant ${JSON.stringify(named.slice(0, 64))}.`)
  }
  return own
}
