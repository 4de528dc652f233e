import type { Scope } from '@tollgate/kernel'
import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql'
import { commitFailed } from './database-failure.ts'
import { TENANTS_SETTING, tenantsSetting } from './migrations/tenant-isolation.ts'

/** Work on entities, and the settings of its transaction. */
export interface EntitiesWork<Result> {
  readonly scope: Scope
  readonly limits: readonly (readonly [name: string, value: number])[]
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
export async function transactEntities<Result>(orm: MikroORM, { scope, limits, work }: EntitiesWork<Result>): Promise<Result> {
  const settings = [[TENANTS_SETTING, tenantsSetting(scope)], ...limits]
  const setAll = `select ${settings.map(() => 'set_config(?, ?, true)').join(', ')}`
  const kysely = orm.em.getConnection().getClient()
  return kysely.connection().execute(async connection => {
    const transaction = await connection.startTransaction().execute()
    try {
      const entities = orm.em.fork()
      entities.setTransactionContext(transaction)
      await entities.execute(setAll, settings.flat().map(String))
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
