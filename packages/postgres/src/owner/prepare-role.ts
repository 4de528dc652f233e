import { isDomainError } from '@tollgate/kernel'
import { Client } from 'pg'
import { connectionSettings } from '../connection-settings.ts'
import type { DatabaseAccess } from '../database-access.ts'
import { sqlState } from '../database-failure.ts'
import { APPLICATION_ROLE } from '../migrations/tenant-isolation.ts'
import { isUsableRoleName, roleNameOf } from '../migrations/application-role.ts'
import { checkConnectionRole, WrongDatabaseRole } from './connection-role.ts'
import { DatabaseNotOwned, DatabaseRoleMissing, RoleCannotLogIn } from './database-role-missing.ts'
import { passwordOf, readInstallation, saltOf, scopeKeyOf, writeInstallation } from './installation.ts'
import { moveGrants } from './move-grants.ts'
import { scramVerifier } from './scram-verifier.ts'

/** How the owner prepares the role of the server. */
export interface RolePreparation {
  /** URL of the owner. */
  readonly url: string
  /** URL of a role that an administrator has created. By default, the owner creates one, and its password is derived. */
  readonly runtimeUrl?: string | undefined
}

/**
 * Creates the role of the server, or checks the one that exists, and returns how to log in as it. The connection is the
 * owner's. Throws `DatabaseRoleMissing`, `DatabaseNotOwned` or `WrongDatabaseRole`.
 */
export async function prepareRole(client: Client, { url, runtimeUrl }: RolePreparation): Promise<DatabaseAccess> {
  const { owner, database } = await whoAmI(client)
  const before = await readInstallation(client).catch((error: unknown) => {
    throw sqlState(error) === INSUFFICIENT_PRIVILEGE ? new DatabaseNotOwned({ owner, database, cause: error }) : error
  })
  const chosen = runtimeUrl === undefined ? undefined : userOf(runtimeUrl)
  const role = chosen ?? (before?.isManaged === true ? before.role : roleNameOf(database))
  if (!isUsableRoleName(role)) throw new WrongDatabaseRole(role, ['its name may contain only letters, digits and _ . @ -'])
  // Recorded before the role is prepared, so that the secret is the same at the next start if that fails.
  const installation = await writeInstallation(client, { role: before?.role ?? role, isManaged: chosen === undefined })
  const password = passwordOf(installation.secret)
  const access: DatabaseAccess = {
    role,
    url: runtimeUrl ?? withLogin(url, { user: role, password }),
    directUrl: withLogin(url, chosen === undefined ? { user: role, password } : loginOf(runtimeUrl ?? '')),
    scopeKey: scopeKeyOf(installation.secret),
  }
  const verifier = chosen === undefined ? scramVerifier(password, saltOf(installation.secret)) : undefined
  await ensureRole(client, { access, owner, database, verifier })
  await moveGrants(client, { from: before === undefined ? APPLICATION_ROLE : before.role, to: role })
  if (installation.role !== role) await writeInstallation(client, { role, isManaged: chosen === undefined })
  return access
}

const INSUFFICIENT_PRIVILEGE = '42501'
const INVALID_PASSWORD = '28P01'
/** The role may not log in. */
const INVALID_AUTHORIZATION = '28000'

interface EnsuredRole {
  readonly access: DatabaseAccess
  readonly owner: string
  readonly database: string
  /** Undefined if a person chose the password. */
  readonly verifier: string | undefined
}

async function ensureRole(client: Client, { access, owner, database, verifier }: EnsuredRole): Promise<void> {
  const { role } = access
  const create = await quoted(client, 'create role %I login password %L', role, verifier ?? 'choose a password')
  const change = await quoted(client, 'alter role %I login password %L', role, verifier ?? 'choose a password')
  const connect = await quoted(client, 'grant connect on database %I to %I', database, role)
  const needs =
    (reason: string, ...statements: string[]) =>
    (error: unknown) => {
      throw sqlState(error) === INSUFFICIENT_PRIVILEGE ? new DatabaseRoleMissing({ reason, owner, statements: statements.map(text => `${text};`) }) : error
    }

  if (!(await isTrue(client, 'select exists (select from pg_roles where rolname = $1) as yes', [role]))) {
    const missing = needs(`The role "${role}", which the server logs in as, does not exist`, create)
    if (verifier === undefined) missing(Object.assign(new Error('The owner does not know its password'), { code: INSUFFICIENT_PRIVILEGE }))
    await client.query(create).catch(missing)
  }
  if (!(await isTrue(client, `select has_database_privilege($1::name, current_database(), 'connect') as yes`, [role]))) {
    await client.query(connect).catch(needs(`The role "${role}" may not connect to the database`, connect))
  }
  await checkLogin(access.directUrl).catch(async (error: unknown) => {
    const state = sqlState(error)
    if (isDomainError(error)) throw error
    if (verifier === undefined || (state !== INVALID_PASSWORD && state !== INVALID_AUTHORIZATION)) throw new RoleCannotLogIn(access.directUrl, error)
    await client.query(change).catch(needs(`The role "${role}" does not accept the password that this database keeps for it`, change))
    await checkLogin(access.directUrl)
  })
}

async function checkLogin(url: string): Promise<void> {
  const client = new Client({ ...connectionSettings(url), connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    await checkConnectionRole(client)
  } finally {
    await client.end().catch(() => {})
  }
}

async function whoAmI(client: Client): Promise<{ owner: string; database: string }> {
  const { rows } = await client.query<{ owner: string; database: string }>('select current_user::text as owner, current_database()::text as database')
  return rows[0] ?? { owner: '', database: '' }
}

async function isTrue(client: Client, statement: string, values: readonly unknown[]): Promise<boolean> {
  const { rows } = await client.query<{ yes: boolean }>(statement, [...values])
  return rows[0]?.yes === true
}

/** Returns a statement that takes no parameters, with its names and texts quoted by PostgreSQL. */
async function quoted(client: Client, template: string, ...values: readonly string[]): Promise<string> {
  const { rows } = await client.query<{ statement: string }>('select format($1, variadic $2::text[]) as statement', [template, values])
  return rows[0]?.statement ?? ''
}

function userOf(url: string): string {
  return decodeURIComponent(new URL(url).username)
}

function loginOf(url: string): { user: string; password: string } {
  return { user: userOf(url), password: decodeURIComponent(new URL(url).password) }
}

function withLogin(url: string, { user, password }: { user: string; password: string }): string {
  const changed = new URL(url)
  changed.username = encodeURIComponent(user)
  changed.password = encodeURIComponent(password)
  return changed.href
}
