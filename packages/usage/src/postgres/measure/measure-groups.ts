import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, type Scope } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenUsage } from '@tollgate/tokens'
import { summarizeLatency } from '../../latency-sketch.ts'
import type { MeasuredGroup, MeasureQuery } from '../../usage-store.ts'
import { unpackLatencyBin } from '../packed-latency-bins.ts'
import { TOKEN_COLUMNS } from '../token-columns.ts'
import { measureStatement } from './measure-statement.ts'

/** A row of the statement. PostgreSQL's sums of bigints are numerics, which come as text. */
interface GroupRow extends Readonly<Record<string, unknown>> {
  readonly bucket: number
  readonly key: readonly (string | null)[]
  readonly quantity: string
  readonly cost: string
  readonly latency_bins: readonly string[] | null
}

/** Answers `UsageStore.measure`. */
export async function measureGroups(database: Pick<PostgresDatabase, 'query'>, scope: Scope, query: MeasureQuery): Promise<MeasuredGroup[]> {
  const { text, values } = measureStatement(scope, query)
  const groups = (await database.query<GroupRow>(scope, text, values)).map(groupOf)
  return query.orderBy === 'latency_p95' ? slowestFirst(groups, query.limit) : groups
}

function groupOf(row: GroupRow): MeasuredGroup {
  const whole = (column: string) => Number(row[column])
  const bins = (row.latency_bins ?? []).map(packed => unpackLatencyBin(Number(packed)))
  return {
    bucket: row.bucket,
    key: row.key,
    measures: {
      calls: whole('calls'),
      successes: whole('successes'),
      failures: whole('failures'),
      rateLimited: whole('rate_limited'),
      tokens: Object.fromEntries(TOKEN_POOLS.map(pool => [pool, whole(TOKEN_COLUMNS[pool])])) as TokenUsage,
      quantity: new Decimal(row.quantity),
      cost: new Decimal(row.cost),
      unpricedCalls: whole('unpriced_calls'),
      customers: whole('customers'),
      latency: row.latency_bins === null ? null : summarizeLatency(bins, whole('latency_sum_ms'), whole('latency_count')),
    },
  }
}

/** Keeps the order of the buckets, and of the keys where percentiles are equal; groups without latencies come last. */
function slowestFirst(groups: readonly MeasuredGroup[], limit?: number): MeasuredGroup[] {
  const p95 = ({ measures }: MeasuredGroup) => measures.latency?.p95Ms ?? -1
  const buckets = Map.groupBy(groups, group => group.bucket)
  return [...buckets.values()].flatMap(members => members.toSorted((a, b) => p95(b) - p95(a)).slice(0, limit))
}
