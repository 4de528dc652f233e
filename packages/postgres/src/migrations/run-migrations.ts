import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'
import { EXPECT_LARGE_TENANTS, FORCE_ROW_SECURITY, MIGRATIONS_TABLE } from './migration-sql.ts'
import { runMigration } from './run-migration.ts'
import type { SqlMigration } from './sql-migration.ts'

/** A newer version of the program migrated the database, so this version must not use it. */
export class DatabaseIsNewer extends DomainError<'DATABASE_IS_NEWER'> {
  readonly unknownMigrations: readonly string[]

  constructor(unknownMigrations: readonly string[]) {
    super(
      'DATABASE_IS_NEWER',
      `A newer version migrated the database: this version does not know ${unknownMigrations.join(', ')}. Start the newer version, or restore a backup.`,
    )
    this.unknownMigrations = unknownMigrations
  }
}

/** Follows a run of migrations. */
export interface MigrationProgress {
  /** Called with the name of each migration before it runs. */
  readonly onProgress?: (name: string) => void
}

/** A run of migrations. */
export interface MigrationRun extends MigrationProgress {
  /** A connection of the owner. */
  readonly client: Client
  /** All migrations, in order. Names must be unique. */
  readonly migrations: readonly SqlMigration[]
  /** The role of the server. */
  readonly role: string
}

/** Runs the migrations that the database lacks, for the holder of the lock, and returns their names. */
export async function runMigrations({ client, migrations, role, onProgress }: MigrationRun): Promise<string[]> {
  const known = namesOf(migrations)
  const executed = new Set(await executedMigrations(client))
  const unknown = [...executed].filter(name => !known.has(name))
  if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
  const missing = migrations.filter(({ name }) => !executed.has(name))
  if (missing.length > 0) await client.query(MIGRATIONS_TABLE)
  for (const migration of missing) {
    onProgress?.(migration.name)
    await runMigration(client, migration, role)
  }
  await client.query(FORCE_ROW_SECURITY)
  await client.query(EXPECT_LARGE_TENANTS)
  return missing.map(({ name }) => name)
}

async function executedMigrations(client: Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ exists: boolean }>(`select to_regclass('tollgate.migrations') is not null as exists`)
  if (tables[0]?.exists !== true) return []
  const { rows } = await client.query<{ name: string }>('select name from tollgate.migrations')
  return rows.map(({ name }) => name)
}

/** Rejects duplicate names: the second migration would never run. */
function namesOf(migrations: readonly SqlMigration[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { name } of migrations) {
    if (names.has(name)) throw new RangeError(`Two migrations have the name ${name}`)
    names.add(name)
  }
  return names
}
