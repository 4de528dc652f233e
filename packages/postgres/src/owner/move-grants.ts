import type { Client } from 'pg'

/** Every privilege that a role has in this database, as the statements that give it to another role and take it back. */
const GRANTS = `
  with old as (
    select oid from pg_roles where rolname = $2
  ), grants as (
    select acl.privilege_type as privilege, format('schema %I', nspname) as target, '' as columns
      from old, pg_namespace, aclexplode(nspacl) as acl where acl.grantee = old.oid
    union all
    select acl.privilege_type, format('%s %s', case relkind when 'S' then 'sequence' else 'table' end, pg_class.oid::regclass), ''
      from old, pg_class, aclexplode(relacl) as acl where acl.grantee = old.oid
    union all
    select acl.privilege_type, format('table %s', attrelid::regclass), format(' (%I)', attname)
      from old, pg_attribute, aclexplode(attacl) as acl where acl.grantee = old.oid
    union all
    select acl.privilege_type, format('routine %s', pg_proc.oid::regprocedure), ''
      from old, pg_proc, aclexplode(proacl) as acl where acl.grantee = old.oid
  )
  select format('grant %s%s on %s to %I', privilege, columns, target, $1::text) as give,
         format('revoke %s%s on %s from %I', privilege, columns, target, $2::text) as "takeBack"
    from grants`

/**
 * Moves all privileges in this database from one role to another. Does nothing if the first one has none, or does not
 * exist. PostgreSQL quotes the names itself.
 */
export async function moveGrants(client: Client, { from, to }: { from: string; to: string }): Promise<void> {
  if (from === to) return
  await client.query('begin')
  try {
    // So that every name comes with its schema.
    await client.query(`set local search_path = ''`)
    const { rows } = await client.query<{ give: string; takeBack: string }>(GRANTS, [to, from])
    for (const { give, takeBack } of rows) {
      await client.query(give)
      await client.query(takeBack)
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  }
}
