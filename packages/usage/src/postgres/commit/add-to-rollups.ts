import type { PostgresTransaction } from '@tollgate/kernel/postgres'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { bigintArray, integerArray, numericArray, textArray, timestampArray, uuidArray } from '../column-array.ts'
import { TOKEN_COLUMNS } from '../token-columns.ts'
import { packLatencyBins } from '../packed-latency-bins.ts'
import type { RollupDelta } from './rollup-deltas.ts'

const SUMS = ['calls', 'unpriced_calls', ...TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]), 'latency_count', 'latency_sum_ms', 'cost', 'reported_cost', 'quantity']

/** When the tail is as long as the bins and a few more, merging costs no more than has been appended since. */
const TAIL_OUTGROWN = 'cardinality(rollup.latency_tail) + cardinality(excluded.latency_bins) > cardinality(rollup.latency_bins) + 64'

// Sorted by the primary key, which it relies on (tenant_id, bucket_start, dimension_set_id): writers lock rows in one
// order. Bins of all rows come as one array; each row names its slice of it.
function upsert(table: 'rollups_hourly' | 'rollups_daily'): string {
  return `
  insert into usage.${table} as rollup
    (tenant_id, bucket_start, dimension_set_id, ${SUMS.join(', ')}, latency_bins)
  select tenant_id, bucket_start, dimension_set_id, ${SUMS.join(', ')}, ($21::bigint[])[bins_from : bins_to]
  from unnest($1::text[], $2::timestamptz[], $3::uuid[], $4::bigint[], $5::bigint[],
    $6::bigint[], $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[],
    $16::bigint[], $17::bigint[], $18::numeric[], $19::numeric[], $20::numeric[], $22::integer[], $23::integer[])
    as delta (tenant_id, bucket_start, dimension_set_id, ${SUMS.join(', ')}, bins_from, bins_to)
  order by tenant_id, bucket_start, dimension_set_id
  on conflict (tenant_id, bucket_start, dimension_set_id) do update set
    ${SUMS.map(sum => `${sum} = rollup.${sum} + excluded.${sum}`).join(',\n    ')},
    latency_bins = case when ${TAIL_OUTGROWN}
      then usage.merge_latency_bins(rollup.latency_bins || rollup.latency_tail || excluded.latency_bins) else rollup.latency_bins end,
    latency_tail = case when ${TAIL_OUTGROWN} then '{}' else rollup.latency_tail || excluded.latency_bins end`
}

const UPSERT = { rollups_hourly: upsert('rollups_hourly'), rollups_daily: upsert('rollups_daily') }

/** Adds deltas, each for another row, to one of the rollups. */
export async function addToRollups(transaction: PostgresTransaction, table: keyof typeof UPSERT, deltas: readonly RollupDelta[]): Promise<void> {
  await transaction.query(UPSERT[table], deltaColumns(deltas))
}

function deltaColumns(deltas: readonly RollupDelta[]): unknown[] {
  const binsOf = deltas.map(delta => packLatencyBins(delta.latencyBins))
  const binsTo: number[] = []
  for (const bins of binsOf) binsTo.push((binsTo.at(-1) ?? 0) + bins.length)
  return [
    textArray(deltas.map(delta => delta.tenantId)),
    timestampArray(deltas.map(delta => delta.bucketStart)),
    uuidArray(deltas.map(delta => delta.dimensionSetId)),
    bigintArray(deltas.map(delta => delta.calls)),
    bigintArray(deltas.map(delta => delta.unpricedCalls)),
    ...TOKEN_POOLS.map((_, index) => bigintArray(deltas.map(delta => delta.tokens[index] ?? 0))),
    bigintArray(deltas.map(delta => delta.latencyCount)),
    bigintArray(deltas.map(delta => delta.latencySumMs)),
    numericArray(deltas.map(delta => delta.cost.toFixed())),
    numericArray(deltas.map(delta => delta.reportedCost.toFixed())),
    numericArray(deltas.map(delta => delta.quantity.toFixed())),
    bigintArray(binsOf.flat()),
    integerArray(deltas.map((_, index) => (binsTo[index - 1] ?? 0) + 1)),
    integerArray(binsTo),
  ]
}
