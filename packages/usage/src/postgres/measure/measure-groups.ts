import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, type Scope } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'
import { summarizeLatency } from '../../engine/latency-sketch.ts'
import type { UsageMeasures } from '../../model/measures.ts'
import { compareUnits, mostCallsFirst } from '../../model/measure-details.ts'
import type { TokenTotals } from '../../model/token-totals.ts'
import type { MeasuredGroup, MeasureQuery } from '../../usage-store.ts'
import { unpackLatencyBin } from '../schema/packed-latency-bins.ts'
import { TOKEN_COLUMNS } from '../schema/token-columns.ts'
import { measureStatement } from './measure-statement.ts'

/** A row of the statement. Sums of `bigint` are `numeric` in PostgreSQL, and so returned as text. */
interface GroupRow extends Readonly<Record<string, unknown>> {
  readonly bucket: number
  readonly group_count?: string
  readonly key: readonly (string | null)[]
  readonly quantity: string
  readonly cost: string
  readonly latency_bins: readonly string[] | null
  /** The text of JSON. */
  readonly details: string | null
}

/** Measure, name, variant and quantity. */
type DetailRow = readonly ['tokens' | 'units' | 'unpriced_calls', string, string, string]

/** Implements `UsageStore.measure`. */
export async function measureGroups(database: Pick<PostgresDatabase, 'query'>, scope: Scope, query: MeasureQuery): Promise<MeasuredGroup[]> {
  const { text, values } = measureStatement(scope, query)
  const groups = (await database.query<GroupRow>(scope, text, values)).map(groupOf)
  return query.orderBy === 'latency_p95' ? slowestFirst(groups, query.limit) : groups
}

function groupOf(row: GroupRow): MeasuredGroup {
  const integer = (column: string) => Number(row[column])
  const bins = (row.latency_bins ?? []).map(packed => unpackLatencyBin(Number(packed)))
  const details = row.details === null ? [] : (JSON.parse(row.details) as DetailRow[])
  return {
    bucket: row.bucket,
    key: row.key,
    ...(row.group_count !== undefined && { groupCount: integer('group_count') }),
    measures: {
      calls: integer('calls'),
      successes: integer('successes'),
      failures: integer('failures'),
      rateLimited: integer('rate_limited'),
      tokens: tokenTotalsOf(row, details),
      units: unitsOf(details),
      quantity: new Decimal(row.quantity),
      cost: new Decimal(row.cost),
      unpricedCalls: integer('unpriced_calls'),
      unpricedReasons: reasonsOf(details),
      customers: integer('customers'),
      latency: row.latency_bins === null ? null : summarizeLatency(bins, integer('latency_sum_ms'), integer('latency_count')),
    },
  }
}

function tokenTotalsOf(row: GroupRow, details: readonly DetailRow[]): TokenTotals {
  const integer = (column: string) => BigInt(String(row[column]))
  const pools = FREQUENT_TOKEN_POOLS.map(pool => [pool, integer(TOKEN_COLUMNS[pool])] as const)
  const total = pools.reduce((sum, [, tokens]) => sum + tokens, integer('other_tokens'))
  const others = details.filter(([measure]) => measure === 'tokens').map(([, pool, , tokens]) => [pool, BigInt(tokens)] as const)
  return Object.fromEntries([...pools, ...others, ['total', total]]) as TokenTotals
}

function unitsOf(details: readonly DetailRow[]): UsageMeasures['units'] {
  return details
    .filter(([measure]) => measure === 'units')
    .map(([, kind, variant, quantity]) => ({ kind, ...(variant !== '' && { variant }), quantity: new Decimal(quantity) }))
    .sort(compareUnits)
}

function reasonsOf(details: readonly DetailRow[]): UsageMeasures['unpricedReasons'] {
  return details
    .filter(([measure]) => measure === 'unpriced_calls')
    .map(([, reason, , calls]) => ({ reason, calls: Number(calls) }))
    .sort(mostCallsFirst)
}

/** Orders the groups of each bucket by p95, largest first. Keeps the order of buckets, and of keys with equal p95. */
function slowestFirst(groups: readonly MeasuredGroup[], limit?: number): MeasuredGroup[] {
  const p95 = ({ measures }: MeasuredGroup) => measures.latency?.p95Ms ?? -1
  const buckets = Map.groupBy(groups, group => group.bucket)
  return [...buckets.values()].flatMap(members => members.toSorted((a, b) => p95(b) - p95(a)).slice(0, limit))
}
