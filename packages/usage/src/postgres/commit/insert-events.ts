import type { Columns, EncodedColumns, PostgresTransaction } from '@tollgate/postgres'
import { EVENT_COLUMNS, FREQUENT_EVENT_COLUMNS, isRareEvent, type PreparedEvent } from '../schema/event-columns.ts'

// `unnest` in the select list, because in `from` PostgreSQL would store the rows once more before inserting them.
function insert(columns: Columns<PreparedEvent>): string {
  return `insert into usage.events (${columns.names}) select ${columns.unnest(1)}`
}

const INSERT_FREQUENT = insert(FREQUENT_EVENT_COLUMNS)
const INSERT_ANY = insert(EVENT_COLUMNS)

/** The statement that inserts a batch, and its values. */
export interface EventInsert {
  readonly text: string
  readonly values: readonly unknown[]
}

/**
 * Encodes events: the caller does so while the database is busy with the keys. Columns that few events need are written
 * only with a batch that has such an event.
 */
export function encodeEvents(events: readonly PreparedEvent[], encoded?: EncodedColumns<PreparedEvent>): EventInsert {
  return events.some(isRareEvent)
    ? { text: INSERT_ANY, values: EVENT_COLUMNS.values(events, encoded) }
    : { text: INSERT_FREQUENT, values: FREQUENT_EVENT_COLUMNS.values(events, encoded) }
}

/** Inserts encoded events. Their keys must be claimed, and their partitions must exist. */
export async function insertEvents(transaction: PostgresTransaction, { text, values }: EventInsert): Promise<void> {
  await transaction.query(text, values)
}
