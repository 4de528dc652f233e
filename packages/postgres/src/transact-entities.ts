import type { Scope } from '@tollgate/kernel'
import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql'
import { TENANTS_SETTING, tenantsSetting } from './migrations/tenant-isolation.ts'

/**
 * Runs work on entities in a transaction that carries the scope, then flushes and commits. The entity manager cannot be
 * used afterwards.
 *
 * Does not use `transactional` of MikroORM, for two reasons: it returns the connection to the pool only if the rollback
 * succeeds, so a connection that breaks in a transaction is never released; and it reports success when PostgreSQL
 * answers a commit with a rollback, because a statement had failed.
 */
export async function transactEntities<Result>(orm: MikroORM, scope: Scope, work: (entities: SqlEntityManager) => Promise<Result>): Promise<Result> {
  const kysely = orm.em.getConnection().getClient()
  return kysely.connection().execute(async connection => {
    const transaction = await connection.startTransaction().execute()
    try {
      const entities = orm.em.fork()
      entities.setTransactionContext(transaction)
      await entities.execute('select set_config(?, ?, true)', [TENANTS_SETTING, tenantsSetting(scope)])
      const result = await work(entities)
      await entities.flush()
      // Fails if a statement failed, even if the work caught the error.
      await entities.execute('set constraints all immediate')
      await transaction.commit().execute()
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
