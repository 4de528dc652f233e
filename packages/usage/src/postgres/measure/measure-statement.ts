import { integerArray, type Statement, type StatementValues, statementValues, timestampArray } from '@tollgate/postgres'
import type { Scope } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'
import type { OrderMeasure } from '../../model/measures.ts'
import { selectsSingleEvents } from '../../model/usage-filter.ts'
import type { CostBasis, MeasureQuery } from '../../usage-store.ts'
import { DIMENSION_COLUMNS } from '../schema/dimension-set-columns.ts'
import { matchingSets } from '../schema/matching-sets.ts'
import { MEASURED_SUMS, sumsOfEvents } from '../schema/rollup-columns.ts'
import { ALL_EVENTS, type SelectedEvents, selectedEvents } from '../schema/selected-events.ts'
import { tenantsInScope } from '../schema/tenants-in-scope.ts'
import { TOKEN_COLUMNS } from '../schema/token-columns.ts'
import { type BucketPieces, bucketPieces, DAY, HOUR, type Piece, wholeBuckets } from './bucket-pieces.ts'
import { detailsOfGroups, detailsOfSelected, detailSources } from './details-of-groups.ts'
import { sumsOfCorrections } from './sums-of-corrections.ts'

const ROLLUP_SUMS = MEASURED_SUMS.map(name => `sum(${name}) as ${name}`)
const CORRECTIONS = sumsOfCorrections(MEASURED_SUMS)

const COUNTS_BY_STATUS = { success: 'successes', failure: 'failures', rate_limited: 'rate_limited' } as const
const STATUSES = ['success', 'failure', 'rate_limited'] as const
const FAILED = ['failure', 'rate_limited'] as const

const ORDERS: Readonly<Record<Exclude<OrderMeasure, 'latency_p95'>, string>> = {
  calls: 'calls desc, ',
  tokens: `${FREQUENT_TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]).join(' + ')} + other_tokens desc, `,
  cost: 'cost desc, ',
  errors: 'failures + rate_limited desc, ',
}

/**
 * Makes the statement of a `MeasureQuery`. It sums by dimension set, from the daily rollup where possible, then the
 * hourly one, then events, and only then looks up dimension values to filter and group by. So its cost depends on the
 * number of sets and buckets, not of events, except at the ragged edges, and for filters that rollups cannot answer. Ordered by `latency_p95`, it returns all groups
 * in the order of their keys, because percentiles are computed from bins outside of SQL.
 */
export function measureStatement(scope: Scope, query: MeasureQuery): Statement {
  const { buckets, filter = {}, by = [], orderBy, limit, keep, costs = 'corrected' } = query
  const { latency = false, details = true, customers = true, unpricedOnly = false } = query
  const byLatency = orderBy === 'latency_p95'
  const statement = statementValues()
  const selected = selectsSingleEvents(filter) ? selectedEvents(filter, costs, statement) : undefined
  const cut = selected === undefined ? bucketPieces(buckets) : wholeBuckets(buckets)
  const sources = selected === undefined ? sourcesOf(costs, cut) : sourcesOfSelected(selected)
  const pieces = piecesOf(cut, statement)
  const order = orderBy === undefined || byLatency ? '' : ORDERS[orderBy]
  const kept = limit === undefined || byLatency ? '' : `where rank <= ${statement.add(limit)}`
  const withLatency = latency || byLatency
  const text = `
  with recursive tenants as (
    ${tenantsInScope(scope, statement)}
  ), ${keep === undefined ? 'sets' : 'matching_sets'} as (
    select id as dimension_set_id, tenant_id, status, customer,
      -- Arrays compare value by value, nulls last. Without dimensions, the key is an empty array.
      array[${by.map(dimension => DIMENSION_COLUMNS[dimension]).join(', ')}]::text[] collate "C" as key
    from usage.dimension_sets
    where ${matchingSets(scope, filter, statement)}
  ), set_sums as materialized ( -- Computed once, not per set: the planner cannot estimate how many sets there are.
    ${inPieces(pieces, sources.sums).join(UNION)}
  )${keep === undefined ? '' : keptKeys(statement.add(keep), order)}, groups as (
    select bucket, key, ${keep === undefined ? '' : 'max(group_count) as group_count, '}${ROLLUP_SUMS.join(', ')},
      ${STATUSES.map(status => `coalesce(sum(calls) filter (where status = '${status}'), 0) as ${COUNTS_BY_STATUS[status]}`).join(',\n      ')},
      ${customers ? 'count(distinct (tenant_id, customer)) filter (where customer is not null)' : '0'} as customers
    from set_sums join sets using (dimension_set_id)
    group by bucket, key
    ${unpricedOnly ? 'having sum(unpriced_calls) > 0' : ''}
  ), ranked as (
    select *, row_number() over (partition by bucket order by ${keep === undefined ? '' : 'cardinality(key) = 0, '}${order}key) as rank from groups
  ), kept as (
    select * from ranked ${kept}
  )${withLatency ? latencies(inPieces(pieces, sources.bins)) : ''}${details ? detailsOfGroups(inPieces(pieces, sources.details)) : ''}
  select kept.*, ${withLatency ? 'latencies.bins' : 'null'} as latency_bins, ${details ? 'details.details' : 'null'} as details
  from kept ${withLatency ? 'left join latencies using (bucket, key)' : ''} ${details ? 'left join details using (bucket, key)' : ''}
  order by bucket, rank`
  return { text, values: statement.values }
}

/** Ranks the groups over all buckets, and gives the sets of all others an empty key. */
function keptKeys(keep: string, order: string): string {
  return `, key_sums as (
    select key, ${ROLLUP_SUMS.join(', ')},
      ${FAILED.map(status => `coalesce(sum(calls) filter (where status = '${status}'), 0) as ${COUNTS_BY_STATUS[status]}`).join(', ')}
    from set_sums join matching_sets using (dimension_set_id)
    group by key
  ), ranked_keys as (
    select key, row_number() over (order by ${order}key) as rank, count(*) over () as group_count from key_sums
  ), sets as (
    select dimension_set_id, tenant_id, status, customer, group_count,
      case when rank <= ${keep} then key else array[]::text[] collate "C" end as key
    from matching_sets join ranked_keys using (key)
  )`
}

const UNION = `
    union all
    `

/** Subqueries by the pieces that they are for. Each reads one range of time (`starts`, `ends`) of one tenant. */
interface Sources {
  readonly days: readonly string[]
  readonly hours: readonly string[]
  readonly edges: readonly string[]
}

/** The pieces of each kind as a table; undefined for a kind that has none. */
type PieceTables = { readonly [Kind in keyof Sources]: string | undefined }

function piecesOf({ days, hours, edges }: BucketPieces, statement: StatementValues): PieceTables {
  const table = (pieces: readonly Piece[]) => (pieces.length === 0 ? undefined : unnestPieces(pieces, statement))
  // Without any bucket, the statement still needs a table.
  return { days: table(days) ?? (hours.length + edges.length === 0 ? unnestPieces(days, statement) : undefined), hours: table(hours), edges: table(edges) }
}

function unnestPieces(pieces: readonly Piece[], { add }: StatementValues): string {
  const buckets = add(integerArray(pieces.map(({ bucket }) => bucket)))
  const starts = add(timestampArray(pieces.map(({ from }) => from)))
  const ends = add(timestampArray(pieces.map(({ to }) => to)))
  return `unnest(${buckets}::integer[], ${starts}::timestamptz[], ${ends}::timestamptz[]) as piece (bucket, starts, ends)`
}

const KINDS = ['days', 'hours', 'edges'] as const

/**
 * Returns queries that run each subquery per piece and tenant, so that each reads one range of a primary key: (tenant_id,
 * bucket_start, …) or (tenant_id, occurred_at, …). With a plain join, the planner might read the whole table. Subqueries for
 * pieces that do not occur are left out: planning them takes longer than most reports take to run.
 */
function inPieces(pieces: PieceTables, sources: Sources): string[] {
  return KINDS.flatMap(kind => {
    const table = pieces[kind]
    if (table === undefined) return []
    return sources[kind].map(
      subquery => `select bucket, stretch.* from ${table} cross join tenants cross join lateral (
      ${subquery}
    ) as stretch`,
    )
  })
}

function sumsOfRollup(unit: 'daily' | 'hourly'): string {
  return `select dimension_set_id, ${ROLLUP_SUMS.join(', ')}
      from usage.rollups_${unit} as rollup
      where rollup.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      group by dimension_set_id`
}

function sumsOfSelected(events: SelectedEvents): string {
  return `select dimension_set_id, ${sumsOfEvents(events)}
      from ${events.from}
      where event.tenant_id = tenants.tenant_id and event.occurred_at >= starts and event.occurred_at < ends${events.where}
      group by dimension_set_id`
}

/**
 * The sums of a piece with one bucket of the rollup: its rows as they are, because a set has one row in it. `offset 0` keeps the
 * planner from reading the rows of all tenants and joining them afterwards.
 */
function rowsOfRollup(unit: 'daily' | 'hourly'): string {
  return `select dimension_set_id, ${MEASURED_SUMS.join(', ')}
      from usage.rollups_${unit} as rollup
      where rollup.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      offset 0`
}

const RECORDED_SUMS: Sources = { days: [sumsOfRollup('daily')], hours: [sumsOfRollup('hourly')], edges: [sumsOfSelected(ALL_EVENTS)] }

const CORRECTED_SUMS: Sources = {
  days: [...RECORDED_SUMS.days, CORRECTIONS.days],
  hours: [...RECORDED_SUMS.hours, CORRECTIONS.hours],
  edges: [...RECORDED_SUMS.edges, CORRECTIONS.edges],
}

/** Collects the bins of the returned groups: merged bins, bins in the tails of rollups, and bins of single events. */
function latencies(setBins: readonly string[]): string {
  return `, set_bins as materialized (
    ${setBins.join(UNION)}
  ), group_bins as (
    select bucket, key, bin, sum(count)::bigint as count
    from set_bins join sets using (dimension_set_id) join kept using (bucket, key)
    group by bucket, key, bin
  ), latencies as (
    select bucket, key, array_agg((bin << 40) + count) as bins from group_bins group by bucket, key
  )`
}

function binsIn(table: string, column: string): string {
  return `select dimension_set_id, packed >> 40 as bin, sum(packed & ((1::bigint << 40) - 1)) as count
      from ${table} as latency, unnest(${column}) as packed
      where latency.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      group by dimension_set_id, packed >> 40`
}

/** The bins of a piece with one bucket of the rollup. */
function binRowsIn(table: string, column: string): string {
  return `select dimension_set_id, packed >> 40 as bin, packed & ((1::bigint << 40) - 1) as count
      from ${table} as latency, unnest(${column}) as packed
      where latency.tenant_id = tenants.tenant_id and bucket_start >= starts and bucket_start < ends
      offset 0`
}

function binsOfSelected({ from, where }: SelectedEvents): string {
  return `select dimension_set_id, latency_bin::bigint as bin, count(*) as count
      from ${from}
      where event.tenant_id = tenants.tenant_id and event.occurred_at >= starts and event.occurred_at < ends and latency_bin is not null${where}
      group by dimension_set_id, latency_bin`
}

const BINS: Sources = {
  days: [binsIn('usage.latencies_daily', 'bins'), binsIn('usage.rollups_daily', 'latency_tail')],
  hours: [binsIn('usage.latencies_hourly', 'bins'), binsIn('usage.rollups_hourly', 'latency_tail')],
  edges: [binsOfSelected(ALL_EVENTS)],
}

/** The subqueries of each part of a statement. */
interface MeasureSources {
  readonly sums: Sources
  readonly bins: Sources
  readonly details: Sources
}

const SOURCES: Readonly<Record<CostBasis, MeasureSources>> = {
  recorded: { sums: RECORDED_SUMS, bins: BINS, details: detailSources('recorded') },
  corrected: { sums: CORRECTED_SUMS, bins: BINS, details: detailSources('corrected') },
}

/**
 * Returns the subqueries for the pieces. Summing the rows of a set first saves work if a piece has many buckets of the rollup,
 * and doubles it if it has one, as the pieces of a series by day or hour have.
 */
function sourcesOf(costs: CostBasis, { days, hours }: BucketPieces): MeasureSources {
  const { sums, bins, details } = SOURCES[costs]
  const [areDays, areHours] = [isEach(days, DAY), isEach(hours, HOUR)]
  const [, ...dayCorrections] = sums.days
  const [, ...hourCorrections] = sums.hours
  return {
    details,
    sums: {
      days: areDays ? [rowsOfRollup('daily'), ...dayCorrections] : sums.days,
      hours: areHours ? [rowsOfRollup('hourly'), ...hourCorrections] : sums.hours,
      edges: sums.edges,
    },
    bins: {
      days: areDays ? [binRowsIn('usage.latencies_daily', 'bins'), binRowsIn('usage.rollups_daily', 'latency_tail')] : bins.days,
      hours: areHours ? [binRowsIn('usage.latencies_hourly', 'bins'), binRowsIn('usage.rollups_hourly', 'latency_tail')] : bins.hours,
      edges: bins.edges,
    },
  }
}

function isEach(pieces: readonly Piece[], unit: number): boolean {
  return pieces.every(({ from, to }) => to - from === unit)
}

/** Reads single events only. */
function sourcesOfSelected(events: SelectedEvents): MeasureSources {
  const edges = (subquery: string): Sources => ({ days: [], hours: [], edges: [subquery] })
  return { sums: edges(sumsOfSelected(events)), bins: edges(binsOfSelected(events)), details: edges(detailsOfSelected(events)) }
}
