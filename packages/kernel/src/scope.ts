/**
 * The tenants whose rows an operation may read and write: all of them for an operator, or a list. It comes from the API
 * key, never from a payload, and is enforced twice: by code and by row-level security.
 */
export type Scope =
  | { readonly kind: 'operator' }
  | {
      readonly kind: 'tenants'
      readonly tenantIds: readonly string[]
      /** The only customer of the only tenant that the operation may read. It may write nothing. Absent for whole tenants. */
      readonly customerId?: string
    }

/** The scope of an operator: all tenants. */
export const OPERATOR_SCOPE: Scope = { kind: 'operator' }

/** Returns the scope of these tenants. */
export function tenantScope(...tenantIds: readonly string[]): Scope {
  return { kind: 'tenants', tenantIds }
}

/** Returns the scope of one customer of a tenant. */
export function customerScope(tenantId: string, customerId: string): Scope {
  return { kind: 'tenants', tenantIds: [tenantId], customerId }
}

/** Whether the scope includes what belongs to a tenant or, if a customer is given, to this customer of it. */
export function scopeIncludes(scope: Scope, tenantId: string, customerId?: string): boolean {
  if (scope.kind === 'operator') return true
  return scope.tenantIds.includes(tenantId) && (scope.customerId === undefined || scope.customerId === customerId)
}

/** Whether the scope includes what all tenants share, such as list prices. A customer and a scope without tenants do not read it. */
export function scopeIncludesShared(scope: Scope): boolean {
  return scope.kind === 'operator' || (scope.tenantIds.length > 0 && scope.customerId === undefined)
}
