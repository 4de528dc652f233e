import { Forbidden, type Scope, scopeIncludes } from '@tollgate/kernel'
import type { ModelAlias } from './model-alias.ts'

/** Throws `Forbidden` unless the scope may set the alias: an operator any, a tenant its own. */
export function requireAliasOwner(scope: Scope, { tenantId }: Pick<ModelAlias, 'tenantId'>): void {
  if (scope.kind === 'operator' || (tenantId !== null && scopeIncludes(scope, tenantId))) return
  throw new Forbidden(
    tenantId === null ? 'Only an operator may set an alias for all tenants; use an operator key.' : 'You may only set aliases of your own tenant.',
  )
}
