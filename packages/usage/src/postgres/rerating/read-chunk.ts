import { decimalOrNull, type PostgresDatabase, type Statement, type StatementValues, statementValues } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS } from '@tollgate/tokens'
import type { EffectiveEvent } from '../../model/effective-event.ts'
import type { PricingState, UsageStatus } from '../../model/event.ts'
import type { RatingSelection } from '../../model/rating-selection.ts'
import type { RatingChunk, ReratingStore } from '../../rerating-store.ts'
import { tokensOf, unitsOf } from '../events/event-row.ts'
import { TOKEN_COLUMNS } from '../schema/token-columns.ts'

/** A position in the events: after one of them, or after all of a tenant. */
interface Cursor {
  readonly tenantId: string
  readonly last: { readonly occurredAt: string; readonly id: string } | null
}

interface StretchStart {
  readonly tenant_id: string
  readonly day: string
}

interface EventRow extends Readonly<Record<string, unknown>> {
  readonly scanned: string
  readonly last_at: string | null
  readonly last_id: string | null
  /** Null in the only row of a stretch without selected events. */
  readonly id: string | null
  readonly dimension_set_id: string
  readonly occurred_at: string
  readonly operation: string
  readonly status: UsageStatus
  readonly provider: string | null
  readonly model: string | null
  readonly quantity: string | null
  readonly reported_cost: string | null
  readonly service_tier: string | null
  readonly units: string | null
  readonly speed: string | null
  readonly region: string | null
  readonly status_code: number | null
  readonly state: PricingState
  readonly cost: string | null
  readonly price_id: string | null
  readonly unpriced_reason: string | null
  readonly version: number
}

/** The columns of events that a price can depend on. */
const STORED_COLUMNS = [
  ...FREQUENT_TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]),
  'other_tokens',
  'units',
  'quantity',
  'reported_cost',
  'service_tier',
  'speed',
  'region',
  'status_code',
]
const JSON_COLUMNS: ReadonlySet<string> = new Set(['other_tokens', 'units'])

/**
 * Implements `ReratingStore.read`: goes through tenant after tenant, and through the events of each along their primary
 * key. Skips days for which the daily rollup has nothing that is selected.
 */
export async function readChunk(
  database: PostgresDatabase,
  selection: RatingSelection,
  { after, limit }: Parameters<ReratingStore['read']>[1],
): Promise<RatingChunk> {
  const cursor = after === null ? null : (JSON.parse(after) as Cursor)
  const toStart = startStatement(selection, cursor)
  const [start] = await database.query<StretchStart>(OPERATOR_SCOPE, toStart.text, toStart.values)
  if (start === undefined) return { events: [], next: null }

  const { text, values } = stretchStatement(selection, { start, cursor, limit })
  const rows = await database.query<EventRow>(OPERATOR_SCOPE, text, values)
  const [first] = rows
  const next: Cursor = { tenantId: start.tenant_id, last: first === undefined ? null : lastOf(first, limit) }
  return { events: rows.flatMap(row => (row.id === null ? [] : [eventOf(row, row.id, start.tenant_id)])), next: JSON.stringify(next) }
}

/** Returns the last event of a stretch; null if the stretch reached the tenant's last event in the range. */
function lastOf({ scanned, last_at: occurredAt, last_id: id }: EventRow, limit: number): Cursor['last'] {
  return Number(scanned) < limit || occurredAt === null || id === null ? null : { occurredAt, id }
}

/** Finds the next tenant and day with selected events. Relies on the primary key of the daily rollups. */
export function startStatement({ range, ...selection }: RatingSelection, cursor: Cursor | null): Statement {
  const statement = statementValues()
  const time = (text: string) => `${statement.add(text)}::timestamptz`
  const conditions = [
    `rollup.bucket_start >= date_trunc('day', ${time(range.from.toString())}, 'UTC')`,
    `rollup.bucket_start < ${time(range.to.toString())}`,
    ...(selection.tenantId === null ? [] : [`rollup.tenant_id = ${statement.add(selection.tenantId)}`]),
    ...(selection.provider === null && selection.model === null
      ? []
      : [`rollup.dimension_set_id in (select id from usage.dimension_sets as set where ${setConditions(selection, statement).join(' and ')})`]),
    ...(selection.unpricedOnly ? ['rollup.unpriced_calls + coalesce(correction.unpriced_calls, 0) > 0'] : []),
    ...(cursor === null ? [] : [afterCursor(cursor, statement)]),
  ]
  const text = `
    select rollup.tenant_id, rollup.bucket_start as day
    from usage.rollups_daily as rollup
    left join usage.correction_rollups_daily as correction using (tenant_id, bucket_start, dimension_set_id)
    where ${conditions.join(' and ')}
    order by rollup.tenant_id, rollup.bucket_start
    limit 1`
  return { text, values: statement.values }
}

function afterCursor({ tenantId, last }: Cursor, { add }: StatementValues): string {
  if (last === null) return `rollup.tenant_id > ${add(tenantId)}`
  return `(rollup.tenant_id, rollup.bucket_start) >= (${add(tenantId)}, date_trunc('day', ${add(last.occurredAt)}::timestamptz, 'UTC'))`
}

/**
 * Reads a stretch of at most `limit` events of a tenant, and returns the selected ones with their effective ratings.
 * Relies on the primary keys of events (tenant_id, occurred_at, id) and of corrections (event_id, version).
 */
export function stretchStatement(
  { range, ...selection }: RatingSelection,
  { start, cursor, limit }: { start: StretchStart; cursor: Cursor | null; limit: number },
): Statement {
  const statement = statementValues()
  const { add } = statement
  const resumeAfter = cursor !== null && cursor.last !== null && cursor.tenantId === start.tenant_id ? cursor.last : undefined
  const conditions = [
    `tenant_id = ${add(start.tenant_id)}`,
    `occurred_at >= greatest(${add(range.from.toString())}::timestamptz, ${add(start.day)}::timestamptz${resumeAfter ? `, ${add(resumeAfter.occurredAt)}::timestamptz` : ''})`,
    `occurred_at < ${add(range.to.toString())}::timestamptz`,
    ...(resumeAfter ? [`(occurred_at, id) > (${add(resumeAfter.occurredAt)}::timestamptz, ${add(resumeAfter.id)}::uuid)`] : []),
  ]
  const selected = [
    ...setConditions(selection, statement),
    ...(selection.unpricedOnly ? [`coalesce(correction.new_state, stretch.pricing_state) = 'unpriced'`] : []),
  ]
  const text = `
    with stretch as materialized (
      select id, dimension_set_id, occurred_at, ${STORED_COLUMNS.join(', ')}, pricing_state, cost, price_id, unpriced_reason
      from usage.events
      where ${conditions.join(' and ')}
      order by occurred_at, id
      limit ${add(limit)}
    ), selected as (
      select stretch.id, stretch.dimension_set_id, stretch.occurred_at, ${STORED_COLUMNS.map(column => `stretch.${column}${JSON_COLUMNS.has(column) ? `::text as ${column}` : ''}`).join(', ')},
        set.operation, set.status, set.provider, set.model, coalesce(correction.version, 0) as version,
        case when correction.version is null then stretch.pricing_state else correction.new_state end as state,
        case when correction.version is null then stretch.cost else correction.new_cost end as cost,
        case when correction.version is null then stretch.price_id else correction.new_price_id end as price_id,
        case when correction.version is null then stretch.unpriced_reason else correction.new_reason end as unpriced_reason
      from stretch
      join usage.dimension_sets as set on set.id = stretch.dimension_set_id
      left join lateral (
        select version, new_state, new_cost, new_price_id, new_reason
        from usage.cost_corrections
        where event_id = stretch.id
        order by version desc
        limit 1
      ) as correction on true
      ${selected.length > 0 ? `where ${selected.join(' and ')}` : ''}
    )
    select stretch_end.*, selected.*
    from (
      select count(*) as scanned, (select occurred_at from stretch order by occurred_at desc, id desc limit 1) as last_at,
        (select id from stretch order by occurred_at desc, id desc limit 1) as last_id
      from stretch
    ) as stretch_end left join selected on true`
  return { text, values: statement.values }
}

function setConditions({ provider, model }: Pick<RatingSelection, 'provider' | 'model'>, { add }: StatementValues): string[] {
  return [...(provider === null ? [] : [`set.provider = ${add(provider)}`]), ...(model === null ? [] : [`set.model = ${add(model)}`])]
}

function eventOf(row: EventRow, id: string, tenantId: string): EffectiveEvent {
  return {
    id,
    tenantId,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    operation: row.operation,
    status: row.status,
    provider: row.provider,
    model: row.model,
    tokens: tokensOf(row),
    quantity: decimalOrNull(row.quantity),
    reportedCost: decimalOrNull(row.reported_cost),
    serviceTier: row.service_tier,
    units: unitsOf(row.units),
    speed: row.speed,
    region: row.region,
    statusCode: row.status_code,
    effective: { state: row.state, cost: decimalOrNull(row.cost), priceId: row.price_id, unpricedReason: row.unpriced_reason },
    corrections: row.version,
    sumsKey: row.dimension_set_id,
  }
}
