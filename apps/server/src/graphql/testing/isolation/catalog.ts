import type { TestDatabase } from '@tollgate/postgres/testing'

/** A table of a package, as the catalog of PostgreSQL describes it. */
export interface CatalogTable {
  readonly name: string
  /** Whether row-level security is on, and forced on the owner too. */
  readonly guarded: boolean
  /** The column of the tenant. Null if the table has none. */
  readonly tenantColumn: string | null
  readonly tenantNullable: boolean
  /** Columns that a statement may write. */
  readonly columns: readonly string[]
  /** Rights of the server's role. */
  readonly canSelect: boolean
  readonly canInsert: boolean
  readonly canDelete: boolean
  /** A column that the role may update. Null if there is none. */
  readonly updatable: string | null
  /** Primary keys, unique constraints, unique indexes and foreign keys whose first column is not the tenant. */
  readonly keysWithoutTenant: readonly string[]
}

/** Schemas of PostgreSQL and of the job queue, whose tables are the operator's. */
const OTHER_SCHEMAS = `('pg_catalog', 'information_schema', 'pg_toast', 'graphile_worker')`

/** Returns every table but partitions, which nobody may use directly. */
export async function catalogTables({ asOwner, access }: TestDatabase): Promise<CatalogTable[]> {
  const role = `'${access.role}'`
  return asOwner<CatalogTable>(`
    with tables as (
      select pg_class.oid, format('%s.%s', nspname, relname) as name, relrowsecurity and relforcerowsecurity as guarded
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and not relispartition and nspname not in ${OTHER_SCHEMAS}
    ), columns as (
      select attrelid, attname::text as name, attnum, attnotnull, attgenerated = '' as written,
        attname = case attrelid when 'accounts.tenants'::regclass then 'id' else 'tenant_id' end as is_tenant
      from pg_attribute where attnum > 0 and not attisdropped
    ), keys as (
      select conrelid as table, conname::text as name, conkey[1] as first from pg_constraint where contype in ('p', 'u', 'f')
      union
      select indrelid, indexrelid::regclass::text, indkey[0] from pg_index
      where indisunique and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u'))
      union -- The referenced columns of foreign keys.
      select confrelid, conname::text, confkey[1] from pg_constraint where contype = 'f'
    )
    select name, guarded,
      (select columns.name from columns where attrelid = tables.oid and is_tenant) as "tenantColumn",
      exists (select from columns where attrelid = tables.oid and is_tenant and not attnotnull) as "tenantNullable",
      array(select columns.name from columns where attrelid = tables.oid and written order by attnum) as columns,
      has_any_column_privilege(${role}, tables.oid, 'select') as "canSelect",
      has_any_column_privilege(${role}, tables.oid, 'insert') as "canInsert",
      has_table_privilege(${role}, tables.oid, 'delete') as "canDelete",
      (select columns.name from columns where attrelid = tables.oid and written and has_column_privilege(${role}, attrelid, attnum, 'update') order by attnum limit 1) as updatable,
      array(
        select keys.name from keys join columns on attrelid = keys.table and attnum = keys.first
        where keys.table = tables.oid and not is_tenant order by 1
      ) as "keysWithoutTenant"
    from tables order by name`)
}

/** Returns a hash of all rows of a tenant. It does not depend on when keys were used. */
export async function hashOfTenant(test: TestDatabase, tenantId: string): Promise<string> {
  const tables = await catalogTables(test)
  const parts = tables.flatMap(({ name, tenantColumn }) =>
    tenantColumn === null
      ? []
      : `select '${name}' || coalesce(string_agg(row, ';' order by row), '') as rows
         from ${name} as t, lateral (select (to_jsonb(t) - 'last_used_at')::text as row) as text where ${tenantColumn} = '${tenantId}'`,
  )
  const [found] = await test.asOwner<{ hash: string }>(`select md5(string_agg(rows, ';')) as hash from (${parts.join(' union all ')}) as all_rows`)
  return found?.hash ?? ''
}

const VALUES_BY_TYPE: Readonly<Record<string, string>> = {
  b: 'true',
  D: `'2026-11-20T00:00:00Z'`,
  N: '1',
  S: `'x'`,
  A: `'{}'`,
}

/** Inserts a row of a tenant into a table without one: a value by type in each column that needs one. Triggers, foreign keys and checks do not apply, the last from then on. */
export async function addRow({ asOwner }: TestDatabase, table: string, tenantId: string): Promise<void> {
  const columns = await asOwner<{ name: string; type: string; category: string }>(
    `select attname::text as name, format_type(atttypid, null) as type, typcategory::text as category
     from pg_attribute join pg_type on pg_type.oid = atttypid
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and (attname = 'tenant_id' or (attnotnull and not atthasdef and attidentity = ''))`,
    [table],
  )
  const values = columns.map(({ name, type, category }) => {
    if (name === 'tenant_id') return `'${tenantId}'`
    const value = { uuid: 'gen_random_uuid()', bytea: `'\\x00'`, jsonb: `'{}'`, json: `'{}'` }[type] ?? VALUES_BY_TYPE[category]
    return `${value ?? 'null'}::${type}`
  })
  const checks = await asOwner<{ name: string }>(`select quote_ident(conname) as name from pg_constraint where conrelid = $1::regclass and contype = 'c'`, [
    table,
  ])
  for (const { name } of checks) await asOwner(`alter table ${table} drop constraint ${name}`)
  await asOwner('set session_replication_role = replica')
  try {
    await asOwner(`insert into ${table} (${columns.map(({ name }) => name).join(', ')}) values (${values.join(', ')})`)
  } catch (error) {
    throw new Error(`No row of ${table} could be made. Add one to seed-tenant.ts or, if the API cannot, to ROWS_BY_SQL in table-exceptions.ts`, {
      cause: error,
    })
  } finally {
    await asOwner('reset session_replication_role')
  }
}

/** Returns what of the catalog would let the role of the server pass by row-level security. Nothing, if all is well. */
export async function waysAroundPolicies({ asOwner, access }: TestDatabase): Promise<string[]> {
  const role = `'${access.role}'`
  const rows = await asOwner<{ problem: string }>(`
    select 'partition ' || pg_class.oid::regclass || ' can be used directly' as problem from pg_class
    where relispartition and relkind in ('r', 'p') and (
      has_any_column_privilege(${role}, oid, 'select, insert, update, references') or has_table_privilege(${role}, oid, 'delete, truncate, trigger'))
    union all
    select 'view ' || pg_class.oid::regclass || ' runs with the rights of its owner' from pg_class
    where relkind in ('v', 'm') and has_any_column_privilege(${role}, oid, 'select') and relnamespace::regnamespace::text not in ${OTHER_SCHEMAS}
      and (relkind = 'm' or not coalesce('security_invoker=true' = any (reloptions), false))
    union all
    select 'sequence ' || pg_class.oid::regclass || ' can be used directly' from pg_class
    where case when relkind = 'S' and relnamespace::regnamespace::text not in ${OTHER_SCHEMAS} then has_sequence_privilege(${role}, oid, 'select, usage, update') end
    union all
    select 'table ' || pg_class.oid::regclass || ' can be truncated' from pg_class
    where relkind in ('r', 'p') and relnamespace::regnamespace::text not in ${OTHER_SCHEMAS} and has_table_privilege(${role}, oid, 'truncate, trigger')
    union all
    select 'role ' || rolname || ' ignores row-level security' from pg_roles where rolname = ${role} and (rolsuper or rolbypassrls)
    order by 1`)
  return rows.map(({ problem }) => problem)
}

/** Calls of every function that the role of the server may call, with arguments by type. */
export async function functionCalls({ asOwner, access }: TestDatabase): Promise<string[]> {
  const rows = await asOwner<{ name: string; types: string[] }>(`
    select pg_proc.oid::regproc::text as name, array(select format_type(type, null) from unnest(proargtypes) as type) as types
    from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
    where nspname not in ${OTHER_SCHEMAS} and prokind = 'f' and prorettype <> 'trigger'::regtype and has_function_privilege('${access.role}', pg_proc.oid, 'execute')
    order by 1`)
  return rows.map(({ name, types }) => `select to_jsonb(result)::text as result from ${name}(${types.map(type => argument(name, type)).join(', ')}) as result`)
}

const ARGUMENTS: Readonly<Record<string, string>> = {
  date: `'2026-11-01'`,
  text: `'day'`,
  uuid: 'gen_random_uuid()',
  json: `'{}'`,
  jsonb: `'[]'`,
  integer: '1',
  bigint: '1',
  boolean: 'true',
  'text[]': `'{}'`,
  'uuid[]': `'{}'`,
  'bigint[]': `'{}'`,
  'timestamp with time zone': `'2026-11-20T00:00:00Z'`,
}

function argument(name: string, type: string): string {
  const value = ARGUMENTS[type]
  if (value === undefined) throw new Error(`${name} has an argument of the type ${type}; add a value of this type to ARGUMENTS in catalog.ts`)
  return `${value}::${type}`
}
