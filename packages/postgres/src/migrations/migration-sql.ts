import { TENANTS_SETTING } from './tenant-isolation.ts'

/** The table of the migrations that ran. */
export const MIGRATIONS_TABLE = `
create table if not exists tollgate.migrations (
  id serial primary key,
  name varchar(255) not null,
  executed_at timestamptz not null default current_timestamp
)`

/** Once tables force row-level security, an owner that is no superuser sees no row without a scope. */
export const SEE_EVERY_TENANT = `
do $$ begin
  if to_regprocedure('tollgate.operator_scope()') is not null then
    perform set_config('${TENANTS_SETTING}', tollgate.operator_scope(), true);
  end if;
end $$`

/** Policies then apply to the owner too, and to functions that run as the owner. */
export const FORCE_ROW_SECURITY = `
do $$ declare statement text; begin
  for statement in
    select format('alter table %I.%I force row level security', nspname, relname)
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relrowsecurity and not relforcerowsecurity and nspname <> 'graphile_worker' and pg_has_role(relowner, 'usage')
  loop
    execute statement;
  end loop;
end $$`

/** Returns the statement that records a migration. */
export function recordMigration(name: string): string {
  return `insert into tollgate.migrations (name) values ('${name.replaceAll("'", "''")}')`
}
