/** The role that the server works as. It owns nothing, so row-level security applies to it. */
export const APPLICATION_ROLE = 'tollgate_app'

/** The session setting that names the visible tenants: `*` for an operator, otherwise ids with a comma between. */
export const TENANTS_SETTING = 'tollgate.tenants'

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

/** Lets the application role use a schema and its tables, with the rights named ("select, insert"). */
export function grantToApplication(table: string, rights: string): string {
  return `grant ${rights} on ${table} to ${APPLICATION_ROLE}`
}
