import { Decimal, tenantScope, ZERO } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/kernel/postgres'
import type { Stale } from '../command.ts'
import type { CounterReading } from '../judge-demands.ts'
import type { CountersQuery, ScopeReading, SlotQuery } from '../quota-store.ts'
import { instantOf } from './columns.ts'
import { counterId } from './counter-id.ts'
import { revisionText } from './revisions.ts'

/** What is held of a counter and has not expired. Relies on the index (counter_id, expires_at). */
function liveReserved(now: string): string {
  return `counter.reserved - coalesce((select sum(amount) from quotas.holds where counter_id = counter.id and expires_at <= ${now}), 0)`
}

/**
 * Counters and the revision. One statement, so that all of it is of one moment; the revision is in every row, and in
 * one more where there is no counter. Relies on the primary key.
 */
export const READ_COUNTERS = `
  select counter.id, counter.used, ${liveReserved('$2::timestamptz')} as reserved,
    (select revision from quotas.plan_revision)::text as plans,
    coalesce((select revision from quotas.tenant_revisions where tenant_id = $3), 0)::text as own
  from (select 1) as always left join quotas.counters as counter on counter.id = any ($1::uuid[])`

/** The counters of a slot in a window. Relies on the index (tenant_id, slot, window_from). */
export const READ_SLOT = `
  select scope_value, used, reserved
  from (
    select scope_value, used, ${liveReserved('$4::timestamptz')} as reserved
    from quotas.counters as counter
    where tenant_id = $1 and slot = $2 and window_from = $3::timestamptz
  ) as standing
  where used > 0 or reserved > 0
  order by used desc, scope_value
  limit $5`

interface CounterRow {
  id: string | null
  used: string
  reserved: string
  plans: string
  own: string
}

const NOTHING: CounterReading = { used: ZERO, reserved: ZERO }

/** What counters show, without waiting for anyone who changes them. */
export async function readCounters(
  database: PostgresDatabase,
  { tenantId, revision, nowMs, counters }: CountersQuery,
): Promise<readonly CounterReading[] | Stale> {
  const ids = counters.map(({ key }) => counterId(key))
  const rows = await database.query<CounterRow>(tenantScope(tenantId), READ_COUNTERS, [ids, instantOf(nowMs), tenantId])
  const [first] = rows
  if (revisionText(first?.plans ?? 0, first?.own ?? 0) !== revision) return { kind: 'stale' }
  const byId = new Map(rows.flatMap(row => (row.id === null ? [] : [[row.id, readingOf(row)]])))
  return ids.map(id => byId.get(id) ?? NOTHING)
}

/** What the counters of a slot show in one window, the most used first. */
export async function readSlot(database: PostgresDatabase, { tenantId, slot, fromMs, nowMs, first }: SlotQuery): Promise<readonly ScopeReading[]> {
  const values = [tenantId, slot, instantOf(fromMs), instantOf(nowMs), first]
  const rows = await database.query<{ scope_value: string; used: string; reserved: string }>(tenantScope(tenantId), READ_SLOT, values)
  return rows.map(row => ({ scopeValue: row.scope_value, ...readingOf(row) }))
}

function readingOf({ used, reserved }: { used: string; reserved: string }): CounterReading {
  return { used: new Decimal(used), reserved: new Decimal(reserved) }
}
