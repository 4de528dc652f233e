import { DomainError } from '@tollgate/kernel'
import { MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
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

/** A migration failed and was rolled back; the ones before it stay. `cause` is the error of PostgreSQL. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  readonly migration: string

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MIGRATION_FAILED', `The migration ${migration} failed and was rolled back: ${reason}`, { cause })
    this.migration = migration
  }
}

/** A run of migrations. */
export interface MigrationRun {
  /** Connects as the owner of the schemas. */
  readonly url: string
  /** All migrations, in order. Names must be unique. */
  readonly migrations: readonly SqlMigration[]
  /** Called with the name of each migration before it runs. */
  readonly onProgress?: (name: string) => void
}

const ADVISORY_LOCK = 7_655_104_231

/**
 * Runs the migrations that the database lacks, in order, each in a transaction. Safe to call from many processes at once:
 * one migrates, the others wait. Returns the names of the migrations that ran. Throws `DatabaseIsNewer`, before it
 * changes anything, and `MigrationFailed`.
 */
export async function runMigrations({ url, migrations, onProgress }: MigrationRun): Promise<string[]> {
  const known = namesOf(migrations)
  const orm = await openForMigration(url, migrations)
  try {
    const pool = await orm.em.getConnection().getNativeClient()
    const lock = await pool.connect()
    try {
      await lock.query('select pg_advisory_lock($1)', [ADVISORY_LOCK])
      await lock.query('create schema if not exists tollgate')
      const executed = await orm.migrator.getExecuted()
      const unknown = executed.map(({ name }) => name).filter(name => !known.has(name))
      if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
      return await migrateUp(orm, onProgress)
    } finally {
      // Closing the connection releases the lock in any case.
      lock.release(true)
    }
  } finally {
    await orm.close(true)
  }
}

function openForMigration(url: string, migrations: readonly SqlMigration[]): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    // A missing database is a mistake in the URL, so it is not created.
    ensureDatabase: false,
    extensions: [Migrator],
    // One connection holds the lock, the other migrates.
    pool: { max: 2 },
    migrations: {
      migrationsList: [...migrations],
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
