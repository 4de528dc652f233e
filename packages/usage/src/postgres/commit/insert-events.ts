import type { PostgresTransaction } from '@tollgate/postgres'
import { EVENT_COLUMNS } from '../schema/event-columns.ts'

// Unnested side by side in the select list: as a function in "from", the rows would be stored once more in between.
const INSERT_EVENTS = `insert into usage.events (${EVENT_COLUMNS.names}) select ${EVENT_COLUMNS.unnest(1)}`

/**
 * Inserts events, given the values of `EVENT_COLUMNS`: the caller encodes them while the database is busy with the keys.
 * Their keys must be claimed, and their partitions must exist.
 */
export async function insertEvents(transaction: PostgresTransaction, columns: readonly unknown[]): Promise<void> {
  await transaction.query(INSERT_EVENTS, columns)
}
