import { DomainError } from '@tollgate/kernel'
import type { ClientBase } from 'pg'
import { destroyConnection } from '../destroy-connection.ts'
import { ROW_TYPES } from '../row-types.ts'

/** A connection has a role that row-level security may not apply to. It was closed before it ran a statement of ours. */
export class WrongDatabaseRole extends DomainError<'WRONG_DATABASE_ROLE'> {
  constructor(role: string, reasons: readonly string[]) {
    super(
      'WRONG_DATABASE_ROLE',
      `The server refuses to work in the database as the role "${role}", because ${reasons.join(', and ')}. ` +
        'It needs a role that owns nothing and can only log in. Set TOLLGATE_MIGRATIONS_URL to the URL of the owner, and DATABASE_URL to that of such a role.',
    )
  }
}

const MAX_CHECK_MS = 5_000

/** One row with the reasons not to use the connection's role. */
const REASONS = `
  select current_user::text as role, array_remove(array[
    case when session_user <> current_user then format('the connection logged in as "%s"', session_user) end,
    case when rolsuper then 'it is a superuser' end,
    case when rolbypassrls then 'it bypasses row-level security' end,
    case when rolcreaterole then 'it can create roles' end,
    case when rolreplication then 'it can start replication' end,
    (select format('it can become "%s"', string_agg(other.rolname, '", "' order by other.rolname))
       from pg_roles as other
      where not me.rolsuper and other.oid <> me.oid and pg_has_role(me.oid, other.oid, 'set') having count(*) > 0),
    (select format('it has the rights of "%s"', string_agg(other.rolname, '", "' order by other.rolname))
       from pg_roles as other
      where not me.rolsuper and other.oid <> me.oid and pg_has_role(me.oid, other.oid, 'usage')
        and (other.rolsuper or other.rolbypassrls or other.rolcreaterole or starts_with(other.rolname, 'pg_')
          or exists (select from pg_namespace where nspname = 'tollgate' and nspowner = other.oid)) having count(*) > 0),
    case when exists (select from pg_database where datname = current_database() and datdba = me.oid) then 'it owns the database' end,
    (select format('it owns %s', string_agg(pg_describe_object(classid, objid, objsubid), ', '))
       from (select * from pg_shdepend
              where refclassid = 'pg_authid'::regclass and refobjid = me.oid and deptype = 'o'
                and dbid = (select oid from pg_database where datname = current_database())
              limit 3) as owned having count(*) > 0)
  ], null) as reasons
  from pg_roles as me where rolname = current_user`

/**
 * Throws `WrongDatabaseRole` unless the connection's role owns nothing and cannot become another. One round trip. The
 * connection is destroyed if PostgreSQL does not answer.
 */
export async function checkConnectionRole(client: ClientBase): Promise<void> {
  const overdue = setTimeout(() => destroyConnection(client), MAX_CHECK_MS)
  try {
    const { rows } = await client.query<{ role: string; reasons: string[] }>({ text: REASONS, types: ROW_TYPES })
    const [found] = rows
    if (found === undefined) throw new WrongDatabaseRole('unknown', ['it cannot read the list of roles'])
    if (found.reasons.length > 0) throw new WrongDatabaseRole(found.role, found.reasons)
  } finally {
    clearTimeout(overdue)
  }
}
