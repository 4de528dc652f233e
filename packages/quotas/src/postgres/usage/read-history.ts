import { customerScope, Decimal, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { HistoryQuery, PastReading } from '../../quota-usage-reader.ts'
import { counterId } from '../tables/counter-id.ts'
import { NIL_UUID } from './nil-uuid.ts'

const SELECT_PAST = `scope_value, used, quota_limit,
    (extract(epoch from window_from) * 1000)::bigint::text as from_ms, (extract(epoch from window_to) * 1000)::bigint::text as to_ms`

/** Past windows of one value of a limit key. Uses the index (tenant_id, slot, window_from, scope_key, id), skipping from window to window. */
export const READ_HISTORY_OF_VALUE = `
  select ${SELECT_PAST}
  from quotas.counters
  where tenant_id = $1 and slot = $2 and window_to <= $3::timestamptz and used > 0 and window_from < $4::timestamptz
    and scope_key = left($5, 100) and scope_value = $5
  order by window_from desc
  limit $6`

/** Past windows of a limit key, the latest first. Uses the index (tenant_id, slot, window_from, scope_key, id). */
export const READ_HISTORY = `
  select ${SELECT_PAST}
  from quotas.counters
  where tenant_id = $1 and slot = $2 and window_to <= $3::timestamptz and used > 0
    and (window_from, scope_key, id) < ($4::timestamptz, left($5, 100), $6::uuid)
  order by window_from desc, scope_key desc, id desc
  limit $7`

interface PastRow {
  scope_value: string
  used: string
  quota_limit: string | null
  from_ms: string
  to_ms: string
}

/** Reads the usage of past windows, the latest first. */
export async function readHistory(
  database: PostgresDatabase,
  { tenantId, limitKey, scopeValue, customerId, nowMs, before, first }: HistoryQuery,
): Promise<readonly PastReading[]> {
  const from = before === null ? 'infinity' : timestampText(before.fromMs)
  const position = before === null ? ['', NIL_UUID] : [before.scopeValue, counterId(JSON.stringify([tenantId, limitKey, before.scopeValue, before.fromMs]))]
  const scope = customerId === undefined ? tenantScope(tenantId) : customerScope(tenantId, customerId)
  const rows = await (scopeValue === null
    ? database.query<PastRow>(scope, READ_HISTORY, [tenantId, limitKey, timestampText(nowMs), from, ...position, first])
    : database.query<PastRow>(scope, READ_HISTORY_OF_VALUE, [tenantId, limitKey, timestampText(nowMs), from, scopeValue, first]))
  return rows.map(row => ({
    scopeValue: row.scope_value,
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    used: new Decimal(row.used),
    limit: row.quota_limit === null ? null : new Decimal(row.quota_limit),
  }))
}
