import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { AlertStore, TenantCrossings } from '../alert-store.ts'
import type { QuotaCrossing } from '../quota-crossing.ts'

/** How far quota alerts were followed. */
export async function quotaCursor(database: PostgresDatabase): Promise<string | undefined> {
  const [row] = await database.query<{ last: string | null }>(OPERATOR_SCOPE, 'select last::text as last from alerts.quota_cursor')
  return row?.last ?? undefined
}

// Two servers may follow the same alerts at once: each is kept once, and the cursor never goes back.
const KEEP = `
  with kept as (
    insert into alerts.quota_crossings (cursor, tenant_id, occurred_at, crossing)
    select cursor, tenant_id, occurred_at, crossing::jsonb
    from unnest($1::bigint[], $2::text[], $3::timestamptz[], $4::text[]) as crossing (cursor, tenant_id, occurred_at, crossing)
    where occurred_at >= $6::timestamptz
    on conflict (cursor) do nothing
  ), forgotten as (
    delete from alerts.quota_crossings where occurred_at < $6::timestamptz
  )
  update alerts.quota_cursor set last = greatest(last, $5::bigint)`

/** Keeps crossings and the cursor, in one transaction. */
export async function keepCrossings(database: PostgresDatabase, { crossings, last, keepFrom }: Parameters<AlertStore['keepCrossings']>[0]): Promise<void> {
  await database.query(OPERATOR_SCOPE, KEEP, [
    crossings.map(({ cursor }) => cursor),
    crossings.map(({ tenantId }) => tenantId),
    crossings.map(({ occurredAt }) => occurredAt.toString()),
    crossings.map(({ cursor: _cursor, tenantId: _tenantId, occurredAt: _occurredAt, ...crossing }) => JSON.stringify(crossing)),
    last,
    keepFrom.toString(),
  ])
}

// Relies on the index over time.
const COUNT = `
  select distinct on (tenant_id) tenant_id, count(*) over (partition by tenant_id)::int as count, cursor::text as last_cursor, occurred_at, crossing
  from alerts.quota_crossings
  where occurred_at >= $1::timestamptz and occurred_at < $2::timestamptz
  order by tenant_id, alerts.quota_crossings.cursor desc`

interface CrossingsRow {
  tenant_id: string
  count: number
  last_cursor: string
  occurred_at: string
  crossing: Omit<QuotaCrossing, 'cursor' | 'tenantId' | 'occurredAt'>
}

/** How many crossings each tenant has in a stretch of time, with the last one. */
export async function countCrossings(database: PostgresDatabase, range: { from: Temporal.Instant; to: Temporal.Instant }): Promise<readonly TenantCrossings[]> {
  const rows = await database.query<CrossingsRow>(OPERATOR_SCOPE, COUNT, [range.from.toString(), range.to.toString()])
  return rows.map(({ tenant_id: tenantId, count, last_cursor: cursor, occurred_at, crossing }) => ({
    tenantId,
    count,
    last: { ...crossing, cursor, tenantId, occurredAt: Temporal.Instant.from(occurred_at) },
  }))
}
