import type { Scope } from '@tollgate/kernel'

/** The role that the server works as. It owns nothing, so row-level security applies to it. */
export const APPLICATION_ROLE = 'tollgate_app'

/** The session setting that names the visible tenants. Its values are made by `tenantsSetting` only. */
export const TENANTS_SETTING = 'tollgate.tenants'

/**
 * A scope as the setting's value: `*` for an operator, otherwise an array literal with every id quoted, so that no id,
 * not even `*` or one with a comma in it, can name more than its own tenant.
 */
export function tenantsSetting(scope: Scope): string {
  if (scope.kind === 'operator') return '*'
  if (scope.tenantIds.some(id => id.includes('\0'))) throw new RangeError('A tenant id cannot contain a NUL character')
  return `{${scope.tenantIds.map(id => `"${id.replaceAll(/[\\"]/g, '\\$&')}"`).join(',')}}`
}

/**
 * Row-level security for a table with a `tenant_id` column: rows of other tenants can neither be seen nor written.
 * The subselects are evaluated once a statement, not once a row. Without a scope nothing is visible.
 */
export function isolateTenants(table: string): string[] {
  return [
    `alter table ${table} enable row level security`,
    `create policy tenant_isolation on ${table}
       using ((select tollgate.sees_every_tenant()) or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  ]
}

/** Gives the application role rights on a table ("select, insert"). It needs `usage` on the table's schema as well. */
export function grantToApplication(table: string, rights: string): string {
  return `grant ${rights} on ${table} to ${APPLICATION_ROLE}`
}
