import type { ClientBase, Pool } from 'pg'
import type { PostgresDatabase } from './database.ts'
import type { DatabaseTimeouts } from './database-timeouts.ts'
import { checkConnectionRole } from './owner/connection-role.ts'
import { followConnections } from './pool-connections.ts'
import { poolDatabase } from './pool-database.ts'
import { readPoolAccess } from './owner/pool-access.ts'
import { createSigning } from './signing.ts'
import type { Signing } from './transact.ts'

/** Options of a database on a pool of yours. */
export interface PoolDatabaseOptions {
  /**
   * The key of `owner.access`, for a pool that logs in with the `url` of `owner.access`. By default, the pool logs in as the
   * role that ran the migrations: transactions read the key from the database, and change to the application role.
   */
  readonly scopeKey?: string
  /** Whether prepared statements keep their names, which not every pooler knows. Defaults to true. */
  readonly preparedStatements?: boolean
  /** Maximum durations of work. Defaults to none. */
  readonly timeouts?: DatabaseTimeouts
}

/**
 * Returns your own pool of `pg` as a database. Other users of the pool are not affected: every setting belongs to a
 * transaction. You end the pool; `close` leaves it open.
 */
export function pgPoolDatabase(pool: Pool, options: PoolDatabaseOptions = {}): PostgresDatabase {
  const connections = followConnections(pool, options.timeouts?.useMs)
  const close = async () => connections.stop()
  return poolDatabase({ pool, connections, prepare: prepareConnections(options), isDown: () => false, close })
}

/** Returns the function that prepares the connections of a pool. */
export function prepareConnections({ scopeKey, preparedStatements = true, timeouts }: PoolDatabaseOptions): (client: ClientBase) => Signing | Promise<Signing> {
  if (scopeKey === undefined) {
    let known: Signing | undefined
    return client => known ?? readPoolAccess(client).then(access => (known = createSigning({ ...access, timeouts, preparedStatements })))
  }
  const signing = createSigning({ scopeKey, timeouts, preparedStatements })
  const checked = new WeakSet<ClientBase>()
  return client => {
    if (checked.has(client)) return signing
    return checkConnectionRole(client).then(() => {
      checked.add(client)
      return signing
    })
  }
}
