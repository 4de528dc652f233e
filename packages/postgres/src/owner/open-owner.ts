import { Client } from 'pg'
import { connectionSettings } from '../connection-settings.ts'
import type { DatabaseAccess } from '../database-access.ts'
import { type MigrationProgress, runMigrations } from '../migrations/run-migrations.ts'
import type { SqlMigration } from '../migrations/sql-migration.ts'
import { type LockWait, lockMigrations } from './migration-lock.ts'
import { PoolerInBetween, sharesSessions } from './pooler.ts'
import { checkPostgresVersion } from './postgres-version.ts'
import { prepareRole, type RolePreparation } from './prepare-role.ts'

/** The owner of the schemas, at work alone: other processes wait until it is disposed of. Not for serving requests. */
export interface DatabaseOwner extends AsyncDisposable {
  /** How the server logs in to this database. */
  readonly access: DatabaseAccess
  /**
   * Runs the migrations that the database lacks, in order, each in a transaction. Returns the names of those that ran.
   * Throws `DatabaseIsNewer`, before it changes anything, and `MigrationFailed`.
   */
  migrate(migrations: readonly SqlMigration[], progress?: MigrationProgress): Promise<string[]>
  /** Runs a statement. */
  query<Row>(statement: string, values?: readonly unknown[]): Promise<Row[]>
}

/** Options of working as the owner. */
export interface OwnerOptions extends RolePreparation, LockWait {
  /** The name of its connections in `pg_stat_activity`, where waiting processes read it. */
  readonly applicationName?: string
}

/**
 * Connects as the owner: checks the version, waits for other processes that migrate, and prepares the role of the server.
 * Throws `PostgresTooOld`, `PoolerInBetween`, `MigrationLockTimeout`, `DatabaseRoleMissing`, `DatabaseNotOwned` or `WrongDatabaseRole`.
 */
export async function openOwner(options: OwnerOptions): Promise<DatabaseOwner> {
  const { url, applicationName = 'tollgate migrations' } = options
  const clients: Client[] = []
  const close = async () => {
    await Promise.all(clients.map(one => one.end().catch(() => {})))
  }
  const connect = async () => {
    const client = new Client({ ...connectionSettings(url), application_name: applicationName, connectionTimeoutMillis: 10_000, keepAlive: true })
    client.on('error', () => {}) // The next statement fails.
    clients.push(client)
    await client.connect()
    return client
  }
  try {
    const client = await connect()
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    checkPostgresVersion(rows[0]?.server_version ?? 'unknown')
    if (await sharesSessions(client, connect)) throw new PoolerInBetween(url)
    await lockMigrations(await connect(), options)
    const access = await prepareRole(client, options)
    return {
      access,
      migrate: (migrations, progress) => runMigrations({ client, migrations, role: access.role, ...progress }),
      query: async <Row>(statement: string, values: readonly unknown[] = []) => (await client.query(statement, [...values])).rows as Row[],
      [Symbol.asyncDispose]: close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
