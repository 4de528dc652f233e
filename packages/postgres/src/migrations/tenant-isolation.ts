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
 * that no id, not even `*` or one with a comma, can refer to another tenant.
 */
export function tenantsSetting(scope: Scope): string {
  if (scope.kind === 'operator') return '*'
  if (scope.tenantIds.some(id => id.includes('\0'))) throw new RangeError('A tenant id cannot contain a NUL character')
  return `{${scope.tenantIds.map(id => `"${id.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`
}

/**
 * Returns statements that enable row-level security for a table with a `tenant_id` column: rows of other tenants can be
 * neither read nor written. The subselects are evaluated once per statement, not per row. Without a scope, no row is visible.
 */
export function isolateTenants(table: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `create policy tenant_isolation on ${table}
       using ((select tollgate.sees_every_tenant()) or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  ]
}

/** Returns the statement that grants rights on a table, such as "select, insert", to the application role. It also needs `usage` on the schema. */
export function grantToApplication(table: string, rights: string): string {
  return `grant ${rights} on ${table} to ${APPLICATION_ROLE}`
}
