/**
 * Whose rows a piece of work may touch. An operator's scope sees all tenants; any other names the tenants it sees.
 * The scope comes from the API key, never from a payload, and is enforced twice: by the code and by row-level security.
 */
export type Scope = { readonly kind: 'operator' } | { readonly kind: 'tenants'; readonly tenantIds: readonly string[] }

/** Sees and writes the rows of every tenant. */
export const OPERATOR_SCOPE: Scope = { kind: 'operator' }

/** Sees and writes the rows of the named tenants only. */
export function tenantScope(...tenantIds: readonly string[]): Scope {
  return { kind: 'tenants', tenantIds }
}

/** Whether rows of `tenantId` are in the scope. */
export function scopeIncludes(scope: Scope, tenantId: string): boolean {
  return scope.kind === 'operator' || scope.tenantIds.includes(tenantId)
}
