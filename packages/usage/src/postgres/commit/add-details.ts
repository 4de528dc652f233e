import type { PostgresTransaction } from '@tollgate/postgres'
import { DETAIL_COLUMNS, DETAIL_KEY, type DetailRow } from '../schema/detail-columns.ts'
import type { RollupDelta } from '../schema/rollup-columns.ts'

// Sorted by the primary key, like the rollups.
function upsert(unit: 'hourly' | 'daily'): string {
  return `
  insert into usage.rollup_details_${unit} as detail (${DETAIL_COLUMNS.names})
  select ${DETAIL_COLUMNS.names} from ${DETAIL_COLUMNS.unnestAs('delta', 1)}
  order by ${DETAIL_KEY}
  on conflict (${DETAIL_KEY}) do update set quantity = detail.quantity + excluded.quantity`
}

const UPSERT = { hourly: upsert('hourly'), daily: upsert('daily') }

/** Adds the details of deltas. Sends nothing if there are none. The rows of the deltas must be added to the rollup before. */
export async function addDetails(transaction: PostgresTransaction, unit: 'hourly' | 'daily', deltas: readonly RollupDelta[]): Promise<void> {
  const rows: DetailRow[] = []
  for (const { tenantId, dimensionSetId, bucketStart, details } of deltas) {
    for (const detail of details?.values() ?? []) rows.push({ tenantId, dimensionSetId, bucketStart, detail })
  }
  if (rows.length > 0) await transaction.query(UPSERT[unit], DETAIL_COLUMNS.values(rows))
}
