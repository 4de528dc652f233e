import { tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { LimitReading, UsageQuery } from '../../quota-usage-reader.ts'
import { counterId } from '../tables/counter-id.ts'
import { currentReserved, currentUsed, type ReadingRow, readingOf } from './read-counters.ts'
import { NIL_UUID } from './nil-uuid.ts'

/** Counters of several limit keys, in pages. Uses the index (tenant_id, slot, window_from, scope_key, id). */
export const READ_USAGE = `
  select wanted.slot, reading.scope_value, reading.used, reading.reserved, reading.step_seconds, reading.steps
  from unnest($2::text[], $3::timestamptz[], $4::numeric[], $5::text[], $6::uuid[])
    with ordinality as wanted (slot, window_from, min_used, after_value, after_id, position)
  cross join lateral (
    select * from (
      select scope_value, scope_key, id, ${currentUsed('$7::timestamptz')} as used, ${currentReserved('$7::timestamptz')} as reserved, step_seconds, steps::text as steps
      from quotas.counters as counter
      where tenant_id = $1 and slot = wanted.slot and window_from = wanted.window_from
        and (scope_key, id) > (left(wanted.after_value, 100), wanted.after_id)
    ) as counting
    where (used > 0 or reserved > 0) and (wanted.min_used is null or (used > 0 and used >= wanted.min_used))
    order by scope_key, id
    limit $8
  ) as reading
  order by wanted.position, reading.scope_key, reading.id
  limit $8`

/** Reads counters of several limit keys, in pages. */
export async function readUsage(database: PostgresDatabase, { tenantId, nowMs, limitKeys, first }: UsageQuery): Promise<readonly LimitReading[]> {
  const rows = await database.query<ReadingRow & { slot: string; scope_value: string }>(tenantScope(tenantId), READ_USAGE, [
    tenantId,
    limitKeys.map(({ limitKey }) => limitKey),
    limitKeys.map(({ fromMs }) => timestampText(fromMs)),
    limitKeys.map(({ minUsed }) => minUsed?.toFixed() ?? null),
    limitKeys.map(({ after }) => after ?? ''),
    limitKeys.map(({ limitKey, fromMs, after }) => (after === null ? NIL_UUID : counterId(JSON.stringify([tenantId, limitKey, after, fromMs])))),
    timestampText(nowMs),
    first,
  ])
  return rows.map(row => ({ limitKey: row.slot, scopeValue: row.scope_value, ...readingOf(row, nowMs) }))
}
