import { type AnyEntity, type EntityClass, type EntitySchema, MikroORM } from '@mikro-orm/postgresql'
import type { Pool } from 'pg'
import { closeInTime } from '../close-in-time.ts'
import { timeoutSettings } from '../database-timeouts.ts'
import { type PoolDatabaseOptions, prepareConnections } from '../pg-pool-database.ts'
import { followConnections, type PoolConnections } from '../pool-connections.ts'
import { connected, poolDatabase, type ScopedPool } from '../pool-database.ts'
import { type DatabaseOptions, keepsPreparedStatements, poolSettings } from '../pool-settings.ts'
import { createSigning } from '../signing.ts'
import { readPoolAccess } from '../owner/pool-access.ts'
import type { EntityDatabase } from './entity-database.ts'
import { type EntitiesWork, transactEntities } from './transact-entities.ts'

/** Options of a database with entities. */
export interface EntityDatabaseOptions extends DatabaseOptions {
  readonly entities: readonly (EntityClass<AnyEntity> | EntitySchema)[]
}

/** Opens the database as `openDatabase` does, with MikroORM for these entities. */
export async function openEntityDatabase({ entities, ...options }: EntityDatabaseOptions): Promise<EntityDatabase> {
  const { scopeKey, timeouts, preparedStatements = keepsPreparedStatements(options), isDown = () => false } = options
  const { connectionString, max, ...driverOptions } = poolSettings(options)
  const orm = await MikroORM.init({
    clientUrl: connectionString ?? '',
    entities: [...entities],
    discovery: { warnWhenNoEntities: false },
    // A missing database is a mistake in the URL, so it is not created.
    ensureDatabase: false,
    pool: { max: max ?? 10 },
    // MikroORM reads only host, port, user and database from the URL. Its parameters are for the driver.
    driverOptions: { connectionString, ...driverOptions },
  })
  const signing = createSigning({ scopeKey, timeouts, preparedStatements })
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  const connections = followConnections(pool, timeouts?.useMs)
  const close = () => closeOrm(orm, pool, connections)
  const scoped: ScopedPool = { pool, connections, isDown, prepare: () => signing, close }
  return { ...poolDatabase(scoped), entities: runEntities(orm, { scoped, sign: signing.sign, settings: timeoutSettings(timeouts) }) }
}

/**
 * Returns your own MikroORM as a database. You close it; `close` leaves it open. Its entities must include those of the
 * packages that have any, such as `accountsEntities`. It logs in as a pool of `pgPoolDatabase` does.
 */
export async function ormDatabase(orm: MikroORM, options: PoolDatabaseOptions = {}): Promise<EntityDatabase> {
  const pool: Pool = await orm.em.getConnection().getNativeClient()
  const connections = followConnections(pool, options.timeouts?.useMs)
  const scoped: ScopedPool = { pool, connections, isDown: () => false, prepare: prepareConnections(options), close: async () => connections.stop() }
  const client = await pool.connect()
  try {
    const { sign } = await scoped.prepare(client)
    const role = options.scopeKey === undefined ? [['role', (await readPoolAccess(client)).role] as const] : []
    return { ...poolDatabase(scoped), entities: runEntities(orm, { scoped, sign, settings: [...role, ...timeoutSettings(options.timeouts)] }) }
  } finally {
    client.release()
  }
}

interface EntitiesContext extends Pick<EntitiesWork<unknown>, 'settings'> {
  readonly scoped: ScopedPool
  readonly sign: ReturnType<typeof createSigning>['sign']
}

function runEntities(orm: MikroORM, { scoped, sign, settings }: EntitiesContext): EntityDatabase['entities'] {
  return (scope, work) => connected(scoped, () => transactEntities(orm, { signedScope: sign(scope), settings, work }))
}

function closeOrm(orm: MikroORM, pool: Pool, connections: PoolConnections): Promise<void> {
  return closeInTime(connections, async () => {
    await orm.close(true)
    // MikroORM ends the pool only if it sent statements itself. Otherwise, idle connections would keep the process alive
    // for ten seconds.
    if (!pool.ended) await pool.end()
  })
}
