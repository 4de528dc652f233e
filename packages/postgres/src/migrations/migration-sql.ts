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

/** A policy that asks for the scope of a transaction. Other policies belong to another program in the same database. */
const SCOPED_POLICY = `
  select from pg_policy join pg_depend on classid = 'pg_policy'::regclass and objid = pg_policy.oid and refclassid = 'pg_proc'::regclass
    join pg_proc on pg_proc.oid = refobjid
   where pronamespace = to_regnamespace('tollgate')`

/** Makes policies apply to the owner too. Job tables are left out: transactions of tenants add jobs through functions that run as the owner. */
export const FORCE_ROW_SECURITY = `
do $$ declare statement text; begin
  for statement in
    select format('alter table %I.%I force row level security', nspname, relname)
      from pg_class as rel join pg_namespace on pg_namespace.oid = relnamespace
     where relrowsecurity and not relforcerowsecurity and nspname <> 'graphile_worker' and pg_has_role(relowner, 'usage') and exists (${SCOPED_POLICY} and polrelid = rel.oid)
  loop
    execute statement;
  end loop;
end $$`

/** How many tenants statistics pretend that there are. */
const EXPECTED_TENANTS = 200

/**
 * PostgreSQL plans a prepared statement for the average tenant. Where thousands of tenants are small, it would read all rows of
 * a tenant and look for the wanted ones among them, and use that plan for the largest tenant too. So the statistics of each table,
 * from its next analysis on, say that there are few tenants, and plans look for what is wanted.
 */
export const EXPECT_LARGE_TENANTS = `
do $$ declare statement text; begin
  for statement in
    select format('alter table %I.%I alter column tenant_id set (n_distinct = ${EXPECTED_TENANTS}, n_distinct_inherited = ${EXPECTED_TENANTS})', nspname, relname)
      from pg_attribute join pg_class as rel on rel.oid = attrelid join pg_namespace on pg_namespace.oid = relnamespace
     where attname = 'tenant_id' and attoptions is null and relkind in ('r', 'p') and pg_has_role(relowner, 'usage')
       and exists (${SCOPED_POLICY} and polrelid = coalesce(pg_partition_root(rel.oid), rel.oid) and polname = 'tenant_isolation')
  loop
    execute statement;
  end loop;
end $$`

/** Returns the statement that records a migration. */
export function recordMigration(name: string): string {
  return `insert into tollgate.migrations (name) values ('${name.replaceAll("'", "''")}')`
}
