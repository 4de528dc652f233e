import { Pool } from 'pg'
import type { PostgresDatabase } from './database.ts'
import { closeInTime } from './close-in-time.ts'
import { followConnections } from './pool-connections.ts'
import { poolDatabase } from './pool-database.ts'
import { type DatabaseOptions, keepsPreparedStatements, poolSettings } from './pool-settings.ts'
import { createSigning } from './signing.ts'

/**
 * Opens the database with the access that its owner provided, and a pool of its own. Connections in another role fail with
 * `WrongDatabaseRole`.
 */
export async function openDatabase(options: DatabaseOptions): Promise<PostgresDatabase> {
  const { scopeKey, timeouts, preparedStatements = keepsPreparedStatements(options), isDown = () => false } = options
  const pool = new Pool(poolSettings(options))
  const connections = followConnections(pool, timeouts?.useMs)
  const signing = createSigning({ scopeKey, timeouts, preparedStatements })
  return poolDatabase({ pool, connections, isDown, prepare: () => signing, close: () => closeInTime(connections, () => pool.end()) })
}
