import { bigintArray, integerArray, NO_VALUES, numericArray, type PostgresTransaction, textArray, timestampArray, uuidArray } from '@tollgate/postgres'
import type { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import { packLatencyBins } from '../packed-latency-bins.ts'
import { TOKEN_COLUMNS } from '../token-columns.ts'
import type { RollupDelta, WholeNumber } from './rollup-deltas.ts'

const SUMS = [
  'calls',
  'unpriced_calls',
  ...TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]),
  'latency_count',
  'latency_sum_ms',
  'cost',
  'reported_cost',
  'quantity',
]

/** More than a busy set has distinct ones, so that merging them is rare; they fit on a page. */
const MAX_BINS = 512

/** Longer tails make fewer merges, and larger rows to rewrite with every batch. */
const TAIL_LENGTH = 48

/** Then the tail goes to the latencies, and what is new makes the next tail. */
const TAIL_IS_FULL = `cardinality(rollup.latency_tail) + cardinality(excluded.latency_tail) > ${TAIL_LENGTH} and rollup.latency_tail <> '{}'`

// Sorted by the primary key, which it relies on (tenant_id, bucket_start, dimension_set_id): writers lock rows in one
// order. Bins of all rows come as one array; each row names its slice of it.
function upsert(unit: 'hourly' | 'daily'): string {
  return `
  with deltas as (
    select unnest($1::text[]) as tenant_id, unnest($2::timestamptz[]) as bucket_start, unnest($3::uuid[]) as dimension_set_id,
      ${SUMS.map((sum, i) => `unnest($${4 + i}::${i < 14 ? 'bigint' : 'numeric'}[]) as ${sum}`).join(', ')},
      unnest($21::integer[]) as bins_from, unnest($22::integer[]) as bins_to
  ), added as (
    insert into usage.rollups_${unit} as rollup (tenant_id, bucket_start, dimension_set_id, ${SUMS.join(', ')}, latency_tail)
    select tenant_id, bucket_start, dimension_set_id, ${SUMS.map(sum => `coalesce(${sum}, 0)`).join(', ')}, ($23::bigint[])[bins_from : bins_to]
    from deltas
    order by tenant_id, bucket_start, dimension_set_id
    on conflict (tenant_id, bucket_start, dimension_set_id) do update set
      ${SUMS.map(sum => `${sum} = rollup.${sum} + excluded.${sum}`).join(',\n      ')},
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

/** Adds deltas, each for another row, to the hourly or the daily rollup. */
export async function addToRollups(transaction: PostgresTransaction, unit: 'hourly' | 'daily', deltas: readonly RollupDelta[]): Promise<void> {
  await transaction.query(UPSERT[unit], deltaColumns(deltas))
}

/** A sum that is zero in the whole batch, as most pools are, is left out, and costs nothing. */
function deltaColumns(deltas: readonly RollupDelta[]): unknown[] {
  const bins: number[] = []
  const binsTo = deltas.map(delta => bins.push(...packLatencyBins(delta.latencyBins)))
  const wholeNumbers = (of: (delta: RollupDelta) => WholeNumber) => (deltas.every(delta => of(delta) === 0) ? NO_VALUES : bigintArray(deltas.map(of)))
  const numerals = (of: (delta: RollupDelta) => Decimal) => (deltas.every(delta => of(delta).isZero()) ? NO_VALUES : numericArray(deltas.map(of)))
  return [
    textArray(deltas.map(delta => delta.tenantId)),
    timestampArray(deltas.map(delta => delta.bucketStart)),
    uuidArray(deltas.map(delta => delta.dimensionSetId)),
    wholeNumbers(delta => delta.calls),
    wholeNumbers(delta => delta.unpricedCalls),
    ...TOKEN_POOLS.map((_, index) => wholeNumbers(delta => delta.tokens[index] ?? 0)),
    wholeNumbers(delta => delta.latencyCount),
    wholeNumbers(delta => delta.latencySumMs),
    numerals(delta => delta.cost),
    numerals(delta => delta.reportedCost),
    numerals(delta => delta.quantity),
    integerArray(deltas.map((_, index) => (binsTo[index - 1] ?? 0) + 1)),
    integerArray(binsTo),
    bigintArray(bins),
  ]
}
