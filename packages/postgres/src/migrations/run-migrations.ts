import { DomainError } from '@tollgate/kernel'
import type { Client } from 'pg'
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
  /** URL of the owner of the schemas. */
  readonly url: string
  /** A connection of the owner. */
  readonly client: Client
  /** All migrations, in order. Names must be unique. */
  readonly migrations: readonly SqlMigration[]
  /** The role of the server. */
  readonly role: string
}

/** Runs the migrations that the database lacks, for the holder of the lock, and returns their names. */
export async function runMigrations({ client, ...run }: MigrationRun): Promise<string[]> {
  const known = namesOf(run.migrations)
  const executed = await executedMigrations(client)
  const unknown = executed.filter(name => !known.has(name))
  if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
  const ran = executed.length < known.size ? await migrateUp(run) : []
  await forceRowSecurity(client)
  return ran
}

async function executedMigrations(client: Client): Promise<string[]> {
  const { rows: tables } = await client.query<{ exists: boolean }>(`select to_regclass('tollgate.migrations') is not null as exists`)
  if (tables[0]?.exists !== true) return []
  const { rows } = await client.query<{ name: string }>('select name from tollgate.migrations')
  return rows.map(({ name }) => name)
}

/** Loads the migrator, which most starts do not need. */
async function migrateUp(run: Omit<MigrationRun, 'client'>): Promise<string[]> {
  const { migrateWithOrm } = await import('./migrate-with-orm.ts')
  return migrateWithOrm(run)
}

/** Policies then apply to the owner too, and to functions that run as the owner. */
async function forceRowSecurity(client: Client): Promise<void> {
  const { rows } = await client.query<{ statement: string }>(
    `select format('alter table %I.%I force row level security', nspname, relname) as statement
       from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relrowsecurity and not relforcerowsecurity and nspname <> 'graphile_worker' and pg_has_role(relowner, 'usage')`,
  )
  for (const { statement } of rows) await client.query(statement)
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
