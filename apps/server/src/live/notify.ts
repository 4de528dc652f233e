import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'

/** Sends a notification in a transaction of its own: NOTIFY takes a lock at commit that all of the cluster share. */
export function notifyThrough(database: Pick<PostgresDatabase, 'query'>): (channel: string, payload: string) => Promise<void> {
  return async (channel, payload) => {
    await database.query(OPERATOR_SCOPE, 'select pg_notify($1, $2)', [channel, payload])
  }
}
