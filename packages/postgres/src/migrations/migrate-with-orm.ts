import type { MigrationObject } from '@mikro-orm/core'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM } from '@mikro-orm/postgresql'
import { connectionSettings } from '../connection-settings.ts'
import { MigrationFailed } from './migration-failed.ts'
import type { MigrationRun } from './run-migrations.ts'
import { forRole } from './sql-migration.ts'

/** Runs the migrations that the database lacks, in order, each in a transaction, and returns their names. */
export async function migrateWithOrm({ url, migrations, role, onProgress }: Omit<MigrationRun, 'client'>): Promise<string[]> {
  const orm = await openForMigration(
    url,
    migrations.map(migration => forRole(migration, role)),
  )
  try {
    return await migrateUp(orm, onProgress)
  } finally {
    await orm.close(true)
  }
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
