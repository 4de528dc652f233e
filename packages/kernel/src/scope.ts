/**
 * The tenants whose rows an operation may read and write: all of them for an operator, or a list. It comes from the API
 * key, never from a payload, and is enforced twice: by code and by row-level security.
 */
export type Scope = { readonly kind: 'operator' } | { readonly kind: 'tenants'; readonly tenantIds: readonly string[] }

/** The scope of an operator: all tenants. */
export const OPERATOR_SCOPE: Scope = { kind: 'operator' }

/** Returns the scope of these tenants. */
export function tenantScope(...tenantIds: readonly string[]): Scope {
  return { kind: 'tenants', tenantIds }
}

/** Whether the scope includes a tenant. */
export function scopeIncludes(scope: Scope, tenantId: string): boolean {
  return scope.kind === 'operator' || scope.tenantIds.includes(tenantId)
}
