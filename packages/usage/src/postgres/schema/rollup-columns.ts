import type { Decimal } from '@tollgate/kernel'
import { type Column, columnOf, defineColumns } from '@tollgate/postgres'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'
import type { DetailSum } from './detail-columns.ts'
import type { SelectedEvents } from './selected-events.ts'
import { TOKEN_COLUMNS } from './token-columns.ts'

/** An integer of any size: a number as long as that is exact. */
export type Integer = number | bigint

/** What a batch adds to one row of a rollup. */
export interface RollupDelta {
  readonly tenantId: string
  readonly dimensionSetId: string
  /** Microseconds since 1970. */
  readonly bucketStart: number
  calls: number
  unpricedCalls: number
  /** In the order of `FREQUENT_TOKEN_POOLS`. */
  readonly tokens: Integer[]
  /** Tokens of all rare pools. */
  otherTokens: Integer
  cost: Decimal
  reportedCost: Decimal
  quantity: Decimal
  latencyCount: number
  latencySumMs: number
  /** The bin of each latency, in no order. */
  readonly latencyBins: number[]
  /** Rare pools, units and reasons by key; null if there are none. */
  details: Map<string, DetailSum> | null
}

/** A column that rollups sum. */
interface SumColumn {
  readonly column: Column<RollupDelta>
  /** The same sum over rows of `usage.events`. Null if no query reads it. */
  readonly ofEvents: string | ((events: SelectedEvents) => string) | null
}

/** Every sum of a rollup. A sum of 0 is written as null, because most sums are 0 in a whole batch: then they cost nothing. */
const SUMS: readonly SumColumn[] = [
  { column: integerSum('calls', delta => delta.calls), ofEvents: 'count(*)' },
  { column: integerSum('unpriced_calls', delta => delta.unpricedCalls), ofEvents: ({ state }) => `count(*) filter (where ${state} = 'unpriced')` },
  ...FREQUENT_TOKEN_POOLS.map((pool, i) => ({
    column: integerSum(TOKEN_COLUMNS[pool], delta => delta.tokens[i] ?? 0),
    ofEvents: `coalesce(sum(${TOKEN_COLUMNS[pool]}), 0)`,
  })),
  {
    column: integerSum('other_tokens', delta => delta.otherTokens),
    ofEvents: 'coalesce(sum(usage.sum_other_tokens(other_tokens)) filter (where other_tokens is not null), 0)',
  },
  { column: integerSum('latency_count', delta => delta.latencyCount), ofEvents: 'count(latency_ms)' },
  { column: integerSum('latency_sum_ms', delta => delta.latencySumMs), ofEvents: 'coalesce(sum(latency_ms), 0)' },
  { column: decimalSum('cost', delta => delta.cost), ofEvents: ({ cost }) => `coalesce(sum(${cost}), 0)` },
  { column: decimalSum('reported_cost', delta => delta.reportedCost), ofEvents: null },
  { column: decimalSum('quantity', delta => delta.quantity), ofEvents: 'coalesce(sum(quantity), 0)' },
]

/** The names of all sums of a rollup. */
export const ROLLUP_SUMS: readonly string[] = SUMS.map(({ column }) => column.name)

/** The names of the sums that queries read. */
export const MEASURED_SUMS: readonly string[] = SUMS.filter(({ ofEvents }) => ofEvents !== null).map(({ column }) => column.name)

/** Returns a select list that computes the same sums from events. */
export function sumsOfEvents(events: SelectedEvents): string {
  return SUMS.flatMap(({ column, ofEvents }) =>
    ofEvents === null ? [] : `${typeof ofEvents === 'string' ? ofEvents : ofEvents(events)} as ${column.name}`,
  ).join(', ')
}

/** The columns of `usage.rollups_hourly` and `usage.rollups_daily`, save for the latencies. */
export const ROLLUP_COLUMNS = defineColumns<RollupDelta>(column => [
  column('tenant_id', 'text', delta => delta.tenantId),
  column('bucket_start', 'timestamptz', delta => delta.bucketStart),
  column('dimension_set_id', 'uuid', delta => delta.dimensionSetId),
  ...SUMS.map(sum => sum.column),
])

function integerSum(name: string, read: (delta: RollupDelta) => Integer): Column<RollupDelta> {
  return columnOf<RollupDelta>()(name, 'bigint', delta => {
    const sum = read(delta)
    return sum === 0 ? null : sum
  })
}

function decimalSum(name: string, read: (delta: RollupDelta) => Decimal): Column<RollupDelta> {
  return columnOf<RollupDelta>()(name, 'numeric', delta => {
    const sum = read(delta)
    return sum.isZero() ? null : sum
  })
}
