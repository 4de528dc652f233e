import { sqlMigration } from './sql-migration.ts'
import { APPLICATION_ROLE, TENANTS_SETTING } from './tenant-isolation.ts'

/** The application role, and the functions that row-level security policies ask for the scope. */
export const tenantScopeMigration = sqlMigration('kernel/0001-tenant-scope', [
  // Roles belong to the whole cluster: another database of it, or a second server starting now, may have made this one.
  `do $$ begin
     create role ${APPLICATION_ROLE} nologin;
   exception when duplicate_object or unique_violation then null;
   end $$`,
  // A superuser may act as any role; another owner must be a member.
  `do $$ begin
     if not pg_has_role(current_user, '${APPLICATION_ROLE}', 'set') then
       execute format('grant ${APPLICATION_ROLE} to %I', current_user);
     end if;
   end $$`,
  `create schema if not exists tollgate`,
  `grant usage on schema tollgate to ${APPLICATION_ROLE}`,
  `create function tollgate.sees_every_tenant() returns boolean stable parallel safe language sql
     return coalesce(current_setting('${TENANTS_SETTING}', true), '') = '*'`,
  // Unset is null or, on a connection that had it set, empty: either way no tenant is visible.
  `create function tollgate.visible_tenants() returns text[] stable parallel safe language sql
     return coalesce(nullif(nullif(current_setting('${TENANTS_SETTING}', true), '*'), ''), '{}')::text[]`,
])
