import type { Scope } from '@tollgate/kernel'
import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql'
import { TENANTS_SETTING, tenantsSetting } from './tenant-isolation.ts'

/**
 * Runs work on entities in a transaction that carries the scope; flushes and commits when it resolves. The entity
 * manager is the work's alone, and of no use after it.
 *
 * Not by the ORM's own `transactional`: that gives the connection back only if the rollback succeeds, so that each
 * connection that dies in a transaction would stay taken; and it reports a commit after a failed statement, which
 * PostgreSQL answers with a rollback, as success.
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
      // Fails where a statement had failed, even if the work went on.
      await entities.execute('set constraints all immediate')
      await transaction.commit().execute()
      return result
    } catch (error) {
      // A connection on which this fails is dead, and leaves the pool when it is given back.
      await transaction
        .rollback()
        .execute()
        .catch(() => {})
      throw error
    }
  })
}
