import { type PostgresTransaction, textArray, uuidArray } from '@tollgate/postgres'
import type { Dimension } from '../../dimension.ts'
import type { IdentifiedSet } from './known-dimension-sets.ts'

// Sorted, so that two writers with the same sets wait for each other in one order. Relies on the primary key (id).
const INSERT_DIMENSION_SETS = `
  insert into usage.dimension_sets
    (id, tenant_id, provider, model, operation, status, customer, organization, product, feature, tier, environment, task_type)
  select *
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
    $10::text[], $11::text[], $12::text[], $13::text[]) as new_set (id)
  order by id
  on conflict do nothing`

/** Adds the rows that are missing. */
export async function insertDimensionSets(transaction: PostgresTransaction, sets: readonly IdentifiedSet[]): Promise<void> {
  if (sets.length === 0) return
  const values = (dimension: Dimension) => textArray(sets.map(({ set }) => set[dimension]))
  await transaction.query(INSERT_DIMENSION_SETS, [
    uuidArray(sets.map(({ id }) => id)),
    values('tenant'),
    values('provider'),
    values('model'),
    values('operation'),
    values('status'),
    values('customer'),
    values('organization'),
    values('product'),
    values('feature'),
    values('tier'),
    values('environment'),
    values('taskType'),
  ])
}
