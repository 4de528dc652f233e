import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, type Scope, tenantScope } from '@tollgate/kernel'
import type { HistoryQuery, NearLimitReading, NearLimitsQuery, PastReading, LimitReading, UsageQuery } from '../quota-store.ts'
import { instantOf, isUuid } from './columns.ts'
import { counterId } from './counter-id.ts'
import { liveReserved, liveUsed, type ReadingRow, readingOf } from './read-counters.ts'
import { revisionText } from './revisions.ts'

const NIL = '00000000-0000-0000-0000-000000000000'

/** Counters of slots, in pages: by slot, then in the order of the index (tenant_id, slot, window_from, scope_key, id). */
export const READ_USAGE = `
  select wanted.slot, showing.scope_value, showing.used, showing.reserved, showing.step_seconds, showing.steps
  from unnest($2::text[], $3::timestamptz[], $4::numeric[], $5::text[], $6::uuid[])
    with ordinality as wanted (slot, window_from, least_used, after_value, after_id, position)
  cross join lateral (
    select * from (
      select scope_value, scope_key, id, ${liveUsed('$7::timestamptz')} as used, ${liveReserved('$7::timestamptz')} as reserved, step_seconds, steps::text as steps
      from quotas.counters as counter
      where tenant_id = $1 and slot = wanted.slot and window_from = wanted.window_from
        and (scope_key, id) > (left(wanted.after_value, 100), wanted.after_id)
    ) as counting
    where (used > 0 or reserved > 0) and (wanted.least_used is null or (used > 0 and used >= wanted.least_used))
    order by scope_key, id
    limit $8
  ) as showing
  order by wanted.position, showing.scope_key, showing.id
  limit $8`

/** Counters near their limits. Relies on the index (window_to) where near_limit: only these are looked at, whoever's they are. */
export const READ_NEAR_LIMITS = `
  select showing.*, (select revision from quotas.plan_revision)::text as plans, coalesce(known.revision, 0)::text as own
  from (
    select id, tenant_id, slot, scope_value, used, reserved, step_seconds, steps, from_ms, fullness
    from (
      select counter.id, tenant_id, slot, scope_value, ${liveUsed('$1::timestamptz')} as used, ${liveReserved('$1::timestamptz')} as reserved,
        step_seconds, steps::text as steps, quota_limit, (extract(epoch from window_from) * 1000)::bigint::text as from_ms
      from quotas.counters as counter
      where near_limit and window_to > $1::timestamptz and window_from <= $1::timestamptz
    ) as counting
    cross join lateral (select case when quota_limit = 0 then 'Infinity'::numeric else used * 100 / quota_limit end as fullness) as share
    where used > 0 and used * 100 >= quota_limit * $2::numeric and (not $3::boolean or used > quota_limit)
      and ($4::numeric is null or (fullness, id) < ($4::numeric, $5::uuid))
    order by fullness desc, id desc
    limit $6
  ) as showing
  left join quotas.tenant_revisions as known using (tenant_id)
  order by showing.fullness desc, showing.id desc`

const PAST_COLUMNS = `scope_value, used, quota_limit,
    (extract(epoch from window_from) * 1000)::bigint::text as from_ms, (extract(epoch from window_to) * 1000)::bigint::text as to_ms`

/** Past windows of one value of a slot. Relies on the index (tenant_id, slot, window_from, scope_key, id), skipping from window to window. */
export const READ_HISTORY_OF_ONE = `
  select ${PAST_COLUMNS}
  from quotas.counters
  where tenant_id = $1 and slot = $2 and window_to <= $3::timestamptz and used > 0 and window_from < $4::timestamptz
    and scope_key = left($5, 100) and scope_value = $5
  order by window_from desc
  limit $6`

/** Past windows of a slot, the latest first. Relies on the index (tenant_id, slot, window_from, scope_key, id). */
export const READ_HISTORY = `
  select ${PAST_COLUMNS}
  from quotas.counters
  where tenant_id = $1 and slot = $2 and window_to <= $3::timestamptz and used > 0
    and (window_from, scope_key, id) < ($4::timestamptz, left($5, 100), $6::uuid)
  order by window_from desc, scope_key desc, id desc
  limit $7`

/** What counters of slots show, in pages. */
export async function readUsage(database: PostgresDatabase, { tenantId, nowMs, limitKeys, first }: UsageQuery): Promise<readonly LimitReading[]> {
  const rows = await database.query<ReadingRow & { slot: string; scope_value: string }>(tenantScope(tenantId), READ_USAGE, [
    tenantId,
    limitKeys.map(({ limitKey }) => limitKey),
    limitKeys.map(({ fromMs }) => instantOf(fromMs)),
    limitKeys.map(({ leastUsed }) => leastUsed?.toFixed() ?? null),
    limitKeys.map(({ after }) => after ?? ''),
    limitKeys.map(({ limitKey, fromMs, after }) => (after === null ? NIL : counterId(JSON.stringify([tenantId, limitKey, after, fromMs])))),
    instantOf(nowMs),
    first,
  ])
  return rows.map(row => ({ limitKey: row.slot, scopeValue: row.scope_value, ...readingOf(row, nowMs) }))
}

interface NearLimitRow extends ReadingRow {
  id: string
  tenant_id: string
  slot: string
  scope_value: string
  from_ms: string
  fullness: string
  plans: string
  own: string
}

/** Counters near their limits, the fullest first. */
export async function readNearLimits(
  database: PostgresDatabase,
  scope: Scope,
  { nowMs, leastPercent, exceeded, after, first }: NearLimitsQuery,
): Promise<readonly NearLimitReading[]> {
  const behind = after === null ? [null, null] : [after.fullness, isUuid(after.counter) ? after.counter : NIL]
  const rows = await database.query<NearLimitRow>(scope, READ_NEAR_LIMITS, [instantOf(nowMs), leastPercent.toFixed(), exceeded, ...behind, first])
  return rows.map(row => ({
    tenantId: row.tenant_id,
    limitKey: row.slot,
    scopeValue: row.scope_value,
    fromMs: Number(row.from_ms),
    revision: revisionText(row.plans, row.own),
    at: { fullness: row.fullness, counter: row.id },
    ...readingOf(row, nowMs),
  }))
}

interface PastRow {
  scope_value: string
  used: string
  quota_limit: string | null
  from_ms: string
  to_ms: string
}

/** What was used in past windows, the latest first. */
export async function readHistory(
  database: PostgresDatabase,
  { tenantId, limitKey, scopeValue, nowMs, before, first }: HistoryQuery,
): Promise<readonly PastReading[]> {
  const from = before === null ? 'infinity' : instantOf(before.fromMs)
  const behind = before === null ? ['', NIL] : [before.scopeValue, counterId(JSON.stringify([tenantId, limitKey, before.scopeValue, before.fromMs]))]
  const rows = await (scopeValue === null
    ? database.query<PastRow>(tenantScope(tenantId), READ_HISTORY, [tenantId, limitKey, instantOf(nowMs), from, ...behind, first])
    : database.query<PastRow>(tenantScope(tenantId), READ_HISTORY_OF_ONE, [tenantId, limitKey, instantOf(nowMs), from, scopeValue, first]))
  return rows.map(row => ({
    scopeValue: row.scope_value,
    fromMs: Number(row.from_ms),
    toMs: Number(row.to_ms),
    used: new Decimal(row.used),
    limit: row.quota_limit === null ? null : new Decimal(row.quota_limit),
  }))
}
