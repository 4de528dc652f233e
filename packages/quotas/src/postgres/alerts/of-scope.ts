import type { Scope } from '@tollgate/kernel'

/** A statement for each kind of scope. Its parameters follow those that all have: the tenants, or the tenant and the customer. */
export interface StatementsByScope {
  readonly ofAll: string
  readonly ofTenants: string
  readonly ofCustomer: string
}

/** Returns the statement for a scope, and its values. */
export function ofScope({ ofAll, ofTenants, ofCustomer }: StatementsByScope, scope: Scope, values: readonly unknown[]): readonly [string, unknown[]] {
  if (scope.kind === 'operator') return [ofAll, [...values]]
  if (scope.customerId === undefined) return [ofTenants, [...values, scope.tenantIds]]
  return [ofCustomer, [...values, scope.tenantIds[0] ?? '', scope.customerId]]
}
