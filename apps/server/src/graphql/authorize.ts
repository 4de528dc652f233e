import { scopeOf, type Viewer } from '@tollgate/accounts'
import { Forbidden, InvalidInput, type Scope, tenantScope } from '@tollgate/kernel'
import type { KeyScope } from '../features/accounts/key-scopes.ts'
import type { GraphQLContext } from './context.ts'

/** Throws `Forbidden` if the viewer's key lacks the scope. */
export function requireScope(viewer: Viewer, scope: KeyScope): void {
  if (!viewer.scopes.has(scope)) throw new Forbidden(missingScope(scope))
}

/** Returns the message for a viewer whose key lacks a scope. */
export function missingScope(scope: KeyScope): string {
  return `Your API key does not have the scope "${scope}".`
}

/** Who asks, and what finds the tenants. */
export interface ViewingContext extends Pick<GraphQLContext, 'viewer'> {
  readonly tollgate: Pick<GraphQLContext['tollgate'], 'accounts'>
}

/** Returns the tenant to act for: a tenant key's own tenant, or the one that an operator names, which must exist. */
export async function tenantOf({ viewer, tollgate }: ViewingContext, tenantId: string | null | undefined): Promise<string> {
  if (viewer.kind === 'tenant') return ownTenant(viewer.tenantId, tenantId)
  if (tenantId === null || tenantId === undefined) {
    throw new InvalidInput([{ path: 'tenantId', message: 'is required with an operator key, which has no tenant of its own' }])
  }
  await tollgate.accounts.requireTenant(tenantId)
  return tenantId
}

/** Returns the scope to read: the named tenant, or everything that the viewer may see if no tenant is named. */
export async function readScope(context: GraphQLContext, tenantId: string | null | undefined): Promise<Scope> {
  if (tenantId === null || tenantId === undefined) return scopeOf(context.viewer)
  const named = await tenantOf(context, tenantId)
  return context.viewer.kind === 'operator' ? tenantScope(named) : scopeOf(context.viewer)
}

function ownTenant(own: string, named: string | null | undefined): string {
  if (named !== null && named !== undefined && named !== own) {
    throw new Forbidden(`Your API key belongs to tenant "${own}" and cannot act for tenant ${JSON.stringify(named.slice(0, 64))}.`)
  }
  return own
}
