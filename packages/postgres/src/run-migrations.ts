import { DomainError } from '@tollgate/kernel'
import { type MigrationObject, MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'

/** The database was migrated by a newer version of the program than this one, which therefore must not touch it. */
export class DatabaseIsNewer extends DomainError<'DATABASE_IS_NEWER'> {
  readonly unknownMigrations: readonly string[]

  constructor(unknownMigrations: readonly string[]) {
    super(
      'DATABASE_IS_NEWER',
      `The database was migrated by a newer version: this one does not know ${unknownMigrations.join(', ')}. Start the newer version, or restore a backup from before it.`,
    )
    this.unknownMigrations = unknownMigrations
  }
}

/** A migration failed. It left nothing behind; those before it stand. `cause` is what PostgreSQL said. */
export class MigrationFailed extends DomainError<'MIGRATION_FAILED'> {
  readonly migration: string

  constructor(migration: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    super('MIGRATION_FAILED', `The migration ${migration} failed and was rolled back: ${reason}`, { cause })
    this.migration = migration
  }
}

/** What to migrate, and to what. */
export interface MigrationRun {
  /** As the owner of the schemas. */
  readonly url: string
  /** All of them, in their order; names are unique. */
  readonly migrations: readonly MigrationObject[]
  /** Told the name of each migration just before it runs. Nothing is logged otherwise. */
  readonly onProgress?: (name: string) => void
}

const ADVISORY_LOCK = 7_655_104_231

/**
 * Brings the database up to date, as its owner: runs the migrations that it lacks, in the order given, each in a
 * transaction. Safe to call from many processes at once: one migrates, the others wait. Returns the names that ran.
 * Throws `DatabaseIsNewer` before it changes anything, and `MigrationFailed`.
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
      // The connection's end releases the lock, whatever happened on it.
      lock.release(true)
    }
  } finally {
    await orm.close(true)
  }
}

function openForMigration(url: string, migrations: readonly MigrationObject[]): Promise<MikroORM> {
  return MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    // A database that is not there is a mistake in the URL, not a wish for a new one.
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

/** Two migrations of one name would count as one: the second never ran, and nobody would know. */
function namesOf(migrations: readonly MigrationObject[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const { name } of migrations) {
    if (names.has(name)) throw new RangeError(`Two migrations are named ${name}`)
    names.add(name)
  }
  return names
}
