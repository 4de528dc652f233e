import { type PostgresDatabase, type Statement, type StatementValues, statementValues } from '@tollgate/postgres'
import { Decimal, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS } from '@tollgate/tokens'
import type { PricingState, UsageStatus } from '../../event.ts'
import type { RatingSelection } from '../../rerating/rating-selection.ts'
import type { EffectiveEvent, RatingChunk, ReratingStore } from '../../rerating/rerating-store.ts'
import { tokensOf } from '../events/event-row.ts'
import { TOKEN_COLUMNS } from '../token-columns.ts'

/** A place in the events: behind one of them, or behind all of a tenant's. */
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
  /** Null in the one row of a stretch in which nothing is selected. */
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
  readonly state: PricingState
  readonly cost: string | null
  readonly price_id: string | null
  readonly version: number
}

/**
 * Answers `ReratingStore.read`: goes through the tenants one after the other, and through each one's events along their
 * primary key. Days that have nothing of what is selected, as the daily rollup knows, are passed over.
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

/** Where a stretch ends; null where it went to the end of what the tenant has in the range. */
function lastOf({ scanned, last_at: occurredAt, last_id: id }: EventRow, limit: number): Cursor['last'] {
  return Number(scanned) < limit || occurredAt === null || id === null ? null : { occurredAt, id }
}

/** The next tenant and day that have something of what is selected. Relies on the primary key of the daily rollups. */
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
    ...(cursor === null ? [] : [behind(cursor, statement)]),
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

function behind({ tenantId, last }: Cursor, { add }: StatementValues): string {
  if (last === null) return `rollup.tenant_id > ${add(tenantId)}`
  return `(rollup.tenant_id, rollup.bucket_start) >= (${add(tenantId)}, date_trunc('day', ${add(last.occurredAt)}::timestamptz, 'UTC'))`
}

/**
 * A stretch of a tenant's events of `limit` at the most, and the selected ones in it, with what they are taken to cost
 * now. Relies on the primary keys of events (tenant_id, occurred_at, id) and of corrections (event_id, version).
 */
export function stretchStatement(
  { range, ...selection }: RatingSelection,
  { start, cursor, limit }: { start: StretchStart; cursor: Cursor | null; limit: number },
): Statement {
  const statement = statementValues()
  const { add } = statement
  const goesOn = cursor !== null && cursor.last !== null && cursor.tenantId === start.tenant_id ? cursor.last : undefined
  const conditions = [
    `tenant_id = ${add(start.tenant_id)}`,
    `occurred_at >= greatest(${add(range.from.toString())}::timestamptz, ${add(start.day)}::timestamptz${goesOn ? `, ${add(goesOn.occurredAt)}::timestamptz` : ''})`,
    `occurred_at < ${add(range.to.toString())}::timestamptz`,
    ...(goesOn ? [`(occurred_at, id) > (${add(goesOn.occurredAt)}::timestamptz, ${add(goesOn.id)}::uuid)`] : []),
  ]
  const selected = [
    ...setConditions(selection, statement),
    ...(selection.unpricedOnly ? [`coalesce(correction.new_state, stretch.pricing_state) = 'unpriced'`] : []),
  ]
  const text = `
    with stretch as materialized (
      select id, dimension_set_id, occurred_at, ${TOKEN_POOLS.map(pool => TOKEN_COLUMNS[pool]).join(', ')}, quantity, reported_cost, service_tier, pricing_state, cost, price_id
      from usage.events
      where ${conditions.join(' and ')}
      order by occurred_at, id
      limit ${add(limit)}
    ), selected as (
      select stretch.id, stretch.dimension_set_id, stretch.occurred_at, ${TOKEN_POOLS.map(pool => `stretch.${TOKEN_COLUMNS[pool]}`).join(', ')}, stretch.quantity, stretch.reported_cost, stretch.service_tier,
        set.operation, set.status, set.provider, set.model, coalesce(correction.version, 0) as version,
        case when correction.version is null then stretch.pricing_state else correction.new_state end as state,
        case when correction.version is null then stretch.cost else correction.new_cost end as cost,
        case when correction.version is null then stretch.price_id else correction.new_price_id end as price_id
      from stretch
      join usage.dimension_sets as set on set.id = stretch.dimension_set_id
      left join lateral (
        select version, new_state, new_cost, new_price_id
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
  const decimal = (numeral: string | null) => (numeral === null ? null : new Decimal(numeral))
  return {
    id,
    tenantId,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    operation: row.operation,
    status: row.status,
    provider: row.provider,
    model: row.model,
    tokens: tokensOf(row),
    quantity: decimal(row.quantity),
    reportedCost: decimal(row.reported_cost),
    serviceTier: row.service_tier,
    effective: { state: row.state, cost: decimal(row.cost), priceId: row.price_id },
    corrections: row.version,
    place: row.dimension_set_id,
  }
}
