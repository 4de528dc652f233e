import { DomainError } from '@tollgate/kernel'
import type { MigrationObject } from '@mikro-orm/core'
import { MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import type { Client } from 'pg'
import { connectionSettings } from '../connection-settings.ts'
import { forRole, type SqlMigration } from './sql-migration.ts'

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

/** A migration failed and was rolled back; the ones before it stay. `cause` is the error of PostgreSQL. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  readonly migration: string

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MIGRATION_FAILED', `The migration ${migration} failed and was rolled back: ${reason}`, { cause })
    this.migration = migration
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
export async function runMigrations({ url, client, migrations, role, onProgress }: MigrationRun): Promise<string[]> {
  const known = namesOf(migrations)
  const orm = await openForMigration(
    url,
    migrations.map(migration => forRole(migration, role)),
  )
  try {
    const executed = await orm.migrator.getExecuted()
    const unknown = executed.map(({ name }) => name).filter(name => !known.has(name))
    if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
    const ran = await migrateUp(orm, onProgress)
    await forceRowSecurity(client)
    return ran
  } finally {
    await orm.close(true)
  }
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

function openForMigration(url: string, migrationsList: MigrationObject[]): Promise<MikroORM> {
  const connection = connectionSettings(url)
  return MikroORM.init({
    clientUrl: connection.connectionString,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    // A missing database is a mistake in the URL, so it is not created.
    ensureDatabase: false,
    extensions: [Migrator],
    pool: { max: 1 },
    // With the parameters of the URL, which MikroORM does not read.
    driverOptions: connection,
    migrations: {
      migrationsList,
      tableName: 'migrations',
      schema: 'tollgate',
      snapshot: false,
      allOrNothing: false,
      disableForeignKeys: false,
      silent: true,
    },
  })
}

async function migrateUp(orm: MikroORM, onProgress: MigrationRun['onProgress']): Promise<string[]> {
  let running: string | undefined
  orm.migrator.on('migrating', ({ name }) => {
    onProgress?.(name)
    running = name
  })
  orm.migrator.on('migrated', () => {
    running = undefined
  })
  try {
    const ran = await orm.migrator.up()
    return ran.map(({ name }) => name)
  } catch (error) {
    throw running === undefined ? error : new MigrationFailed(running, error)
  }
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
