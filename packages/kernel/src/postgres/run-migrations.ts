import { type MigrationObject, MikroORM } from '@mikro-orm/postgresql'
import { Migrator } from '@mikro-orm/migrations'
import { DomainError } from '../errors.ts'

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

const ADVISORY_LOCK = 7_655_104_231

/**
 * Brings the database up to date, as its owner: runs the migrations that it lacks, in the order given, each in a
 * transaction. Safe to call from many processes at once: one migrates, the others wait. Returns the names that ran.
 */
export async function runMigrations({ url, migrations }: { url: string; migrations: readonly MigrationObject[] }): Promise<string[]> {
  const orm = await MikroORM.init({
    clientUrl: url,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    pool: { max: 2 },
    migrations: {
      migrationsList: [...migrations],
      tableName: 'migrations',
      schema: 'tollgate',
      snapshot: false,
      allOrNothing: false,
      disableForeignKeys: false,
    },
  })
  try {
    const pool = await orm.em.getConnection().getNativeClient()
    const lock = await pool.connect()
    try {
      await lock.query('select pg_advisory_lock($1)', [ADVISORY_LOCK])
      await lock.query('create schema if not exists tollgate')
      const known = new Set(migrations.map(({ name }) => name))
      const executed = await orm.migrator.getExecuted()
      const unknown = executed.map(({ name }) => name).filter(name => !known.has(name))
      if (unknown.length > 0) throw new DatabaseIsNewer(unknown)
      const ran = await orm.migrator.up()
      return ran.map(({ name }) => name)
    } finally {
      // The connection's end releases the lock, whatever happened on it.
      lock.release(true)
    }
  } finally {
    await orm.close(true)
  }
}
