import { bigintArray, integerArray, type PostgresTransaction } from '@tollgate/postgres'
import { packLatencyBins } from '../schema/packed-latency-bins.ts'
import { ROLLUP_COLUMNS, ROLLUP_SUMS, type RollupDelta } from '../schema/rollup-columns.ts'

/** Maximum number of buffered bins. More than the distinct bins of a busy set, so that they are rarely merged, and small enough for one page. */
const MAX_BINS = 512

/** Longer tails make fewer merges, and larger rows to rewrite with every batch. */
const TAIL_LENGTH = 48

/** If true, the tail moves to the latencies, and the new bins become the next tail. */
const TAIL_IS_FULL = `cardinality(rollup.latency_tail) + cardinality(excluded.latency_tail) > ${TAIL_LENGTH} and rollup.latency_tail <> '{}'`

// Sorted by the primary key, which it relies on (tenant_id, bucket_start, dimension_set_id): writers lock rows in one
// order. $1 holds the latency bins of all rows; $2 and $3 say which slice of it belongs to each row.
function upsert(unit: 'hourly' | 'daily'): string {
  return `
  with deltas as (
    select unnest($2::integer[]) as bins_from, unnest($3::integer[]) as bins_to, ${ROLLUP_COLUMNS.unnest(4)}
  ), added as (
    insert into usage.rollups_${unit} as rollup (tenant_id, bucket_start, dimension_set_id, ${ROLLUP_SUMS.join(', ')}, latency_tail)
    select tenant_id, bucket_start, dimension_set_id, ${ROLLUP_SUMS.map(sum => `coalesce(${sum}, 0)`).join(', ')}, ($1::bigint[])[bins_from : bins_to]
    from deltas
    order by tenant_id, bucket_start, dimension_set_id
    on conflict (tenant_id, bucket_start, dimension_set_id) do update set
      ${ROLLUP_SUMS.map(sum => `${sum} = rollup.${sum} + excluded.${sum}`).join(',\n      ')},
      latencies_moved = case when ${TAIL_IS_FULL} then rollup.latency_count else rollup.latencies_moved end,
      latency_tail = case when ${TAIL_IS_FULL} then excluded.latency_tail else rollup.latency_tail || excluded.latency_tail end
    returning tenant_id, bucket_start, dimension_set_id, old.latency_tail as full_tail, old.latencies_moved as moved_before, new.latencies_moved as moved_now
  )
  insert into usage.latencies_${unit} as latencies (tenant_id, bucket_start, dimension_set_id, bins)
  select tenant_id, bucket_start, dimension_set_id, full_tail
  from added
  where moved_now > moved_before
  on conflict (tenant_id, bucket_start, dimension_set_id) do update set
    bins = case when cardinality(latencies.bins) + cardinality(excluded.bins) > ${MAX_BINS}
      then usage.merge_latency_bins(latencies.bins || excluded.bins) else latencies.bins || excluded.bins end`
}

const UPSERT = { hourly: upsert('hourly'), daily: upsert('daily') }

/** Adds deltas, each to a different row, to the hourly or the daily rollup. */
export async function addToRollups(transaction: PostgresTransaction, unit: 'hourly' | 'daily', deltas: readonly RollupDelta[]): Promise<void> {
  const bins: number[] = []
  const binsTo = deltas.map(delta => bins.push(...packLatencyBins(delta.latencyBins)))
  const binsFrom = deltas.map((_, index) => (binsTo[index - 1] ?? 0) + 1)
  await transaction.query(UPSERT[unit], [bigintArray(bins), integerArray(binsFrom), integerArray(binsTo), ...ROLLUP_COLUMNS.values(deltas)])
}
