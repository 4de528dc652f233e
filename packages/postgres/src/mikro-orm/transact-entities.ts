import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql'
import { commitFailed } from '../database-failure.ts'
import { TENANTS_SETTING } from '../migrations/tenant-isolation.ts'

/** Work on entities, and the settings of its transaction. */
export interface EntitiesWork<Result> {
  /** The scope as `scopeSigner` signs it. */
  readonly signedScope: string
  /** Other settings: limits, and the role to change to. */
  readonly settings: readonly (readonly [name: string, value: string | number])[]
  readonly work: (entities: SqlEntityManager) => Promise<Result>
}

/**
 * Runs work on entities in a transaction that carries the scope, then flushes and commits. The entity manager cannot be
 * used afterwards.
 *
 * Does not use `transactional` of MikroORM, for two reasons: it returns the connection to the pool only if the rollback
 * succeeds, so a connection that breaks in a transaction is never released; and it reports success when PostgreSQL
 * answers a commit with a rollback, because a statement had failed.
 */
export async function transactEntities<Result>(orm: MikroORM, { signedScope, settings, work }: EntitiesWork<Result>): Promise<Result> {
  const all = [[TENANTS_SETTING, signedScope], ['TimeZone', 'UTC'], ...settings] as const
  const kysely = orm.em.getConnection().getClient()
  return kysely.connection().execute(async connection => {
    const transaction = await connection.startTransaction().execute()
    try {
      const entities = orm.em.fork()
      entities.setTransactionContext(transaction)
      // By Kysely, which binds values. MikroORM would write the signature into the text of the statement, where every
      // session of the role can read it in `pg_stat_activity`.
      await transaction
        .selectNoFrom(({ fn, val }) => all.map(([name, value]) => fn('set_config', [val(name), val(String(value)), val(true)]).as(name)))
        .execute()
      const result = await work(entities)
      await entities.flush()
      // Fails if a statement failed, even if the work caught the error.
      await entities.execute('set constraints all immediate')
      await transaction.commit().execute().catch(commitFailed)
      return result
    } catch (error) {
      // If this fails, the connection is broken and leaves the pool when it is released.
      await transaction
        .rollback()
        .execute()
        .catch(() => {})
      throw error
    }
  })
}
