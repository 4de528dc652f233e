import { OPERATOR_SCOPE, type Period, Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase } from '@tollgate/postgres'
import type { ExceededQuotaBatch } from '../alert-store.ts'
import type { ExceededQuota, TenantExceededQuotas } from '../model/exceeded-quota.ts'

/** Reads how far quota crossings were followed. */
export async function readQuotaCursor(database: PostgresDatabase): Promise<string | undefined> {
  const [row] = await database.query<{ last: string | null }>(OPERATOR_SCOPE, 'select last::text as last from alerts.quota_cursor')
  return row?.last ?? undefined
}

const EXCEEDED = defineColumns<ExceededQuota>(column => [
  column('cursor', 'bigint', ({ cursor }) => BigInt(cursor)),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt),
  column('crossing', 'jsonb', ({ cursor: _cursor, tenantId: _tenantId, occurredAt: _occurredAt, ...crossing }) => crossing),
])

// Two servers may follow the same crossings at once: each is stored once, and the cursor never moves back.
const INSERT = `
  with kept as (
    insert into alerts.quota_crossings (${EXCEEDED.names})
    select ${EXCEEDED.names} from ${EXCEEDED.unnestAs('exceeded', 3)}
    where occurred_at >= $2::timestamptz
    on conflict (cursor) do nothing
  ), expired as (
    delete from alerts.quota_crossings where occurred_at < $2::timestamptz
  )
  update alerts.quota_cursor set last = greatest(last, $1::bigint)`

/** Stores exceeded quotas and the cursor in one statement, and deletes old ones. */
export async function insertExceededQuotas(database: PostgresDatabase, { exceeded, last, keepFrom }: ExceededQuotaBatch): Promise<void> {
  await database.query(OPERATOR_SCOPE, INSERT, [last, keepFrom.toString(), ...EXCEEDED.values(exceeded)])
}

// Relies on the index `quota_crossings_by_time`.
const COUNT = `
  select distinct on (tenant_id) tenant_id, count(*) over (partition by tenant_id)::int as count, cursor::text as last_cursor, occurred_at, crossing
  from alerts.quota_crossings
  where occurred_at >= $1::timestamptz and occurred_at < $2::timestamptz
  order by tenant_id, alerts.quota_crossings.cursor desc`

interface CountRow {
  tenant_id: string
  count: number
  last_cursor: string
  occurred_at: string
  crossing: Omit<ExceededQuota, 'cursor' | 'tenantId' | 'occurredAt'>
}

/** Counts the exceeded quotas of each tenant in a range, with the last one. */
export async function countExceededQuotas(database: PostgresDatabase, range: Period): Promise<readonly TenantExceededQuotas[]> {
  const rows = await database.query<CountRow>(OPERATOR_SCOPE, COUNT, [range.from.toString(), range.to.toString()])
  return rows.map(({ tenant_id: tenantId, count, last_cursor: cursor, occurred_at, crossing }) => ({
    tenantId,
    count,
    last: { ...crossing, cursor, tenantId, occurredAt: Temporal.Instant.from(occurred_at) },
  }))
}
