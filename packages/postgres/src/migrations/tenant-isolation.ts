import type { Scope } from '@tollgate/kernel'

/**
 * Stands for the role of the server in the statements of migrations. `owner.migrate` puts the name of that role in its
 * place. Databases of older versions have a role of this name.
 */
export const APPLICATION_ROLE = 'tollgate_app'

/** The setting of a transaction with the visible tenants and their signature. Only `scopeSigner` creates its values. */
export const TENANTS_SETTING = 'tollgate.tenants'

/**
 * Returns the value of the setting for a scope, without its signature: `*` for an operator, or else an array literal with every id quoted, so
 * that no id, not even `*` or one with a comma, can refer to another tenant. The scope of a customer is a `c` and the literal of its tenant
 * and itself: it is no list of tenants, so the policies of tenants show it nothing.
 */
export function tenantsSetting(scope: Scope): string {
  if (scope.kind === 'operator') return '*'
  const { tenantIds, customerId } = scope
  if (customerId === undefined) return arrayLiteral(tenantIds)
  const [tenantId, ...others] = tenantIds
  if (tenantId === undefined || others.length > 0) throw new RangeError('The scope of a customer has one tenant')
  return `c${arrayLiteral([tenantId, customerId])}`
}

function arrayLiteral(ids: readonly string[]): string {
  if (ids.some(id => id.includes('\0'))) throw new RangeError('The id of a tenant or customer cannot contain a NUL character')
  return `{${ids.map(id => `"${id.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`
}

/**
 * Returns statements that enable row-level security for a table with a `tenant_id` column: rows of other tenants can be
 * neither read nor written. The subselects are evaluated once per statement, not per row. Without a scope, no row is visible,
 * nor to a customer: see `showToCustomers`.
 */
export function isolateTenants(table: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `create policy tenant_isolation on ${table}
       using ((select tollgate.sees_every_tenant()) or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  ]
}

/**
 * Returns the statement that lets the scope of a customer read the rows of a table for which a condition holds. It still cannot
 * write. The condition must compare the tenant too: `tollgate.sees_customer(tenant_id, customer)`.
 */
export function showToCustomers(table: string, condition: string): string {
  return `create policy customer_reads on ${table} for select using (${condition})`
}

/** Returns statements that enable row-level security for a table without tenants, whose rows every tenant may read: all rows, or none without a scope. */
export function shareWithTenants(table: string): string[] {
  return [`alter table ${table} enable row level security`, `create policy shared on ${table} for select using ((select tollgate.sees_any_tenant()))`]
}

/** Returns the statement that grants rights on a table, such as "select, insert", to the application role. It also needs `usage` on the schema. */
export function grantToApplication(table: string, rights: string): string {
  return `grant ${rights} on ${table} to ${APPLICATION_ROLE}`
}
