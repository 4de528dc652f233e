import type { PostgresTransaction } from '@tollgate/postgres'
import { EVENT_COLUMNS } from '../schema/event-columns.ts'

// `unnest` in the select list, because in `from` PostgreSQL would store the rows once more before inserting them.
const INSERT_EVENTS = `insert into usage.events (${EVENT_COLUMNS.names}) select ${EVENT_COLUMNS.unnest(1)}`

/**
 * Inserts events, given the values of `EVENT_COLUMNS`: the caller encodes them while the database is busy with the keys.
 * Their keys must be claimed, and their partitions must exist.
 */
export async function insertEvents(transaction: PostgresTransaction, columns: readonly unknown[]): Promise<void> {
  await transaction.query(INSERT_EVENTS, columns)
}
