import type { Client } from 'pg'
import type { Finding } from './finding.ts'

interface Urls {
  readonly databaseUrl: string
  readonly migrationsUrl: string | undefined
}

interface Role {
  readonly role: string
  readonly canLogIn: boolean
  /** Why row-level security may not apply to it. */
  readonly reasons: readonly string[]
}

const ROLE = `
  select rolname as role, rolcanlogin as "canLogIn", array_remove(array[
    case when rolsuper then 'it is a superuser' end,
    case when rolbypassrls then 'it bypasses row-level security' end,
    case when rolcreaterole then 'it can create roles' end,
    case when exists (select from pg_database where datname = current_database() and datdba = me.oid) then 'it owns the database' end,
    case when exists (select from pg_class where relowner = me.oid) then 'it owns tables' end
  ], null) as reasons
  from pg_roles as me where rolname = $1`

/** Checks the owner, whose connection this is, and the role that the server logs in as. */
export async function checkRole(client: Client, { databaseUrl, migrationsUrl }: Urls): Promise<readonly Finding[]> {
  const [me] = (
    await client.query<{ owner: string; database: string; canCreate: boolean; canCreateRole: boolean; isInstalled: boolean }>(
      `select current_user::text as owner, current_database()::text as database, has_database_privilege(current_database(), 'create') as "canCreate",
              (select rolcreaterole or rolsuper from pg_roles where rolname = current_user) as "canCreateRole",
              to_regclass('tollgate.installation') is not null as "isInstalled"`,
    )
  ).rows
  if (me === undefined) return []
  const owner: Finding = me.canCreate
    ? { check: 'owner', level: 'ok', found: `"${me.owner}" may create schemas in "${me.database}"` }
    : {
        check: 'owner',
        level: 'problem',
        found: `"${me.owner}" may not create schemas in "${me.database}"`,
        advice: `alter database ${me.database} owner to ${me.owner};`,
      }
  const role = migrationsUrl === undefined ? await managedRole(client, me.isInstalled) : decodeURIComponent(new URL(databaseUrl).username)
  if (role === undefined) {
    const found = me.canCreateRole ? `none yet; the first start creates it as "${me.owner}"` : `none yet, and "${me.owner}" may not create it`
    const advice = `Run as an administrator: alter user ${me.owner} createrole; or start the server, which prints the statement that creates the role.`
    return [owner, { check: 'role of the server', level: me.canCreateRole ? 'ok' : 'problem', found, ...(!me.canCreateRole && { advice }) }]
  }
  return [owner, await checkServerRole(client, role)]
}

/** The role that the owner has created. Undefined before the first start. */
async function managedRole(client: Client, isInstalled: boolean): Promise<string | undefined> {
  if (!isInstalled) return undefined
  const { rows } = await client.query<{ role: string }>('select role_name as role from tollgate.installation')
  return rows[0]?.role
}

async function checkServerRole(client: Client, name: string): Promise<Finding> {
  const check = 'role of the server'
  const [role] = (await client.query<Role>(ROLE, [name])).rows
  if (role === undefined) return { check, level: 'problem', found: `"${name}" does not exist`, advice: `Run as an administrator: create role ${name} login;` }
  if (!role.canLogIn) return { check, level: 'problem', found: `"${name}" may not log in`, advice: `Run as an administrator: alter role ${name} login;` }
  if (role.reasons.length === 0) return { check, level: 'ok', found: `"${name}" owns nothing and can only log in` }
  const advice = 'Let DATABASE_URL name a role that owns nothing and can only log in, and TOLLGATE_MIGRATIONS_URL the owner.'
  return { check, level: 'problem', found: `"${name}" must not be used: ${role.reasons.join(', ')}`, advice }
}
