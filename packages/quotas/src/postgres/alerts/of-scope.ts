import type { Scope } from '@tollgate/kernel'

/** A statement for each kind of scope. Its parameters follow those that all have: the tenant, the tenants, or the tenant and the customer. */
export interface StatementsByScope {
  readonly ofAll: string
  readonly ofTenant: string
  readonly ofTenants: string
  readonly ofCustomer: string
}

/**
 * Returns the statements for a select of alerts by cursor with two parameters. Each page reads only itself, by the indexes (cursor),
 * (tenant_id, cursor) and (tenant_id, customer_id, cursor); that of several tenants reads more.
 */
export function statementsByScope(direction: 'asc' | 'desc', select: (condition: string, order: string) => string): StatementsByScope {
  const byCursor = `quotas.alerts.cursor ${direction}`
  return {
    ofAll: select('true', byCursor),
    // As in `pageInScope`.
    ofTenant: select('tenant_id >= $3 and tenant_id <= $3', `tenant_id ${direction}, ${byCursor}`),
    ofTenants: select('tenant_id = any ($3::text[])', byCursor),
    ofCustomer: select('tenant_id = $3 and customer_id = $4', byCursor),
  }
}

/** Returns the statement for a scope, and its values. */
export function ofScope(statements: StatementsByScope, scope: Scope, values: readonly unknown[]): readonly [string, unknown[]] {
  if (scope.kind === 'operator') return [statements.ofAll, [...values]]
  const { tenantIds, customerId } = scope
  const [tenantId = '', ...others] = tenantIds
  if (customerId !== undefined) return [statements.ofCustomer, [...values, tenantId, customerId]]
  return others.length === 0 ? [statements.ofTenant, [...values, tenantId]] : [statements.ofTenants, [...values, tenantIds]]
}
