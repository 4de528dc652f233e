import type { Pool, PoolClient } from 'pg'
import { MIGRATION_LOCK } from './migration-lock.ts'
import { checkPostgresVersion } from './postgres-version.ts'
import { ROW_TYPES } from '../row-types.ts'
import { roleNameOf } from '../migrations/application-role.ts'
import { MigrationFailed } from '../migrations/migration-failed.ts'
import { migrationFiles } from '../migrations/migration-files.ts'
import type { SqlMigration } from '../migrations/sql-migration.ts'

/**
 * Runs the migrations that a database lacks, on a connection of your own pool, and returns their names. Begin with
 * `postgresMigrations`. The pool logs in as the owner of the tables. Concurrent runs take turns. Throws `PostgresTooOld` and
 * `MigrationFailed`.
 */
export async function migratePool(pool: Pool, migrations: readonly SqlMigration[]): Promise<string[]> {
  const client = await pool.connect()
  try {
    const role = await checkDatabase(client)
    const ran: string[] = []
    for (const { name, sql } of migrationFiles(migrations, { role })) if (await runOnce(client, name, sql)) ran.push(name)
    return ran
  } finally {
    client.release()
  }
}

/** Checks the version, and returns the application role. Each database has its own, because roles belong to the whole cluster. */
async function checkDatabase(client: PoolClient): Promise<string> {
  const { rows } = await client.query<{ version: string; database: string; isPrepared: boolean }>({ text: DATABASE, types: ROW_TYPES })
  checkPostgresVersion(rows[0]?.version ?? 'unknown')
  if (rows[0]?.isPrepared !== true) return roleNameOf(rows[0]?.database ?? '')
  const { rows: installed } = await client.query<{ role: string }>({ text: 'select role_name as role from tollgate.installation', types: ROW_TYPES })
  return installed[0]?.role ?? roleNameOf(rows[0].database)
}

const DATABASE = `
  select current_setting('server_version') as version, current_database()::text as database,
    to_regclass('tollgate.installation') is not null as "isPrepared"`

/** Runs a migration unless it ran before, in one transaction, under the lock of migrations. */
async function runOnce(client: PoolClient, name: string, sql: string): Promise<boolean> {
  try {
    await client.query('begin')
    await client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const isNew = !(await hasRun(client, name))
    if (isNew) await client.query(sql)
    await client.query('commit')
    return isNew
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw new MigrationFailed(name, error)
  }
}

async function hasRun(client: PoolClient, name: string): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>({ text: HAS_TABLE, types: ROW_TYPES })
  if (rows[0]?.exists !== true) return false
  return ((await client.query('select from tollgate.migrations where name = $1', [name])).rowCount ?? 0) > 0
}

/** Not by `to_regclass`, which may remember from before the wait for the lock that there was no such table. */
const HAS_TABLE = `select exists (select from pg_tables where schemaname = 'tollgate' and tablename = 'migrations') as exists`
