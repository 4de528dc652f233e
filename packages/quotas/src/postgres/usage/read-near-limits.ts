import { isUuid, type Scope } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { NearLimitReading, NearLimitsQuery } from '../../quota-usage-reader.ts'
import { revisionText } from '../tables/revisions.ts'
import { NIL_UUID } from './nil-uuid.ts'
import { currentReserved, currentUsed, type ReadingRow, readingOf } from './read-counters.ts'

/** Counters near their limits. Uses the index (window_to) where near_limit, so that it looks at no others. */
export const READ_NEAR_LIMITS = `
  select reading.*, (select revision from quotas.plan_revision)::text as plans, coalesce(known.revision, 0)::text as own
  from (
    select id, tenant_id, slot, scope_value, used, reserved, step_seconds, steps, from_ms, fullness
    from (
      select counter.id, tenant_id, slot, scope_value, ${currentUsed('$1::timestamptz')} as used, ${currentReserved('$1::timestamptz')} as reserved,
        step_seconds, steps::text as steps, quota_limit, (extract(epoch from window_from) * 1000)::bigint::text as from_ms
      from quotas.counters as counter
      where near_limit and window_to > $1::timestamptz and window_from <= $1::timestamptz
    ) as counting
    cross join lateral (select case when quota_limit = 0 then 'Infinity'::numeric else used * 100 / quota_limit end as fullness) as share
    where used > 0 and used * 100 >= quota_limit * $2::numeric and (not $3::boolean or used > quota_limit)
      and ($4::numeric is null or (fullness, id) < ($4::numeric, $5::uuid))
    order by fullness desc, id desc
    limit $6
  ) as reading
  left join quotas.tenant_revisions as known using (tenant_id)
  order by reading.fullness desc, reading.id desc`

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

/** Reads counters near their limits, the fullest first. */
export async function readNearLimits(
  database: PostgresDatabase,
  scope: Scope,
  { nowMs, minPercent, exceeded, after, first }: NearLimitsQuery,
): Promise<readonly NearLimitReading[]> {
  const position = after === null ? [null, null] : [after.fullness, isUuid(after.counter) ? after.counter : NIL_UUID]
  const rows = await database.query<NearLimitRow>(scope, READ_NEAR_LIMITS, [timestampText(nowMs), minPercent.toFixed(), exceeded, ...position, first])
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
