import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'

/** Returns a function that sends a notification in a transaction of its own, because a commit with NOTIFY takes a lock that the whole cluster shares. */
export function notifyThrough(database: Pick<PostgresDatabase, 'query'>): (channel: string, payload: string) => Promise<void> {
  return async (channel, payload) => {
    await database.query(OPERATOR_SCOPE, 'select pg_notify($1, $2)', [channel, payload])
  }
}
