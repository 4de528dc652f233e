import type { PostgresTransaction } from '@tollgate/postgres'
import { DIMENSION_SET_COLUMNS, type IdentifiedSet } from '../schema/dimension-set-columns.ts'

// Sorted, so that two writers with the same sets wait for each other in one order. Relies on the primary key (id).
const INSERT_DIMENSION_SETS = `
  insert into usage.dimension_sets (${DIMENSION_SET_COLUMNS.names})
  select * from ${DIMENSION_SET_COLUMNS.unnestAs('new_set', 1)}
  order by id
  on conflict do nothing`

/** Inserts the rows that are missing. */
export async function insertDimensionSets(transaction: PostgresTransaction, sets: readonly IdentifiedSet[]): Promise<void> {
  if (sets.length === 0) return
  await transaction.query(INSERT_DIMENSION_SETS, DIMENSION_SET_COLUMNS.values(sets))
}
