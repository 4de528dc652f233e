import { customerScope, Decimal, tenantScope } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { CountersQuery } from '../../counter-store.ts'
import type { Stale } from '../../engine/commands/outcome.ts'
import { type CounterReading, EMPTY_READING, type ScopedReading } from '../../model/counters/counter-reading.ts'
import { NO_STEPS, stepsCountingAt, sumOfSteps } from '../../model/limits/sliding-window.ts'
import type { LimitUsageQuery } from '../../quota-usage-reader.ts'
import { counterId } from '../tables/counter-id.ts'
import { revisionText } from '../tables/revisions.ts'
import { stepsOf } from '../tables/sliding-steps.ts'

/** What is held of a counter, without expired holds. Uses the index (counter_id, expires_at). */
export function currentReserved(now: string): string {
  return `counter.reserved - coalesce((select sum(amount) from quotas.holds where counter_id = counter.id and expires_at <= ${now}), 0)`
}

/** What is used of a counter of a fixed window, including expired leases. Uses the index (counter_id, expires_at). */
function usedWithLapsedLeases(now: string): string {
  return `counter.used + case when counter.leased = 0 then 0 else coalesce((
      select sum(amount) from quotas.holds where counter_id = counter.id and expires_at <= ${now} and lease_revision is not null), 0) end`
}

/** What is used of any counter, without steps that no longer count. */
export function currentUsed(now: string): string {
  return `case when counter.steps is null then ${usedWithLapsedLeases(now)} else coalesce((
      select sum(amount::numeric) from jsonb_each_text(counter.steps) as step (number, amount)
      where number::bigint >= floor(extract(epoch from ${now}) / counter.step_seconds) - 60), 0) end`
}

/**
 * Counters and the policy revision. One statement, so that all of it is of the same moment. The revision is in every row, and
 * in a row of its own if there is no counter. Uses the primary key.
 */
export const READ_COUNTERS = `
  select counter.id, ${usedWithLapsedLeases('$2::timestamptz')} as used, counter.step_seconds, counter.steps::text as steps, ${currentReserved('$2::timestamptz')} as reserved,
    (select revision from quotas.plan_revision)::text as plans,
    coalesce((select revision from quotas.tenant_revisions where tenant_id = $3), 0)::text as own
  from (select 1) as always left join quotas.counters as counter on counter.id = any ($1::uuid[])`

/** The counters of a limit key in a window. Uses the index (tenant_id, slot, window_from). */
export const READ_LIMIT_USAGE = `
  select scope_value, used, reserved, step_seconds, steps
  from (
    select scope_value, ${currentUsed('$4::timestamptz')} as used, step_seconds, steps::text as steps, ${currentReserved('$4::timestamptz')} as reserved
    from quotas.counters as counter
    where tenant_id = $1 and slot = $2 and window_from = $3::timestamptz
  ) as reading
  where used > 0 or reserved > 0
  order by used desc, scope_value
  limit $5`

/** The columns of a reading. */
export interface ReadingRow {
  used: string
  reserved: string
  step_seconds: number | null
  steps: string | null
}

interface CounterReadingRow extends ReadingRow {
  id: string | null
  plans: string
  own: string
}

/** Reads counters, without waiting for transactions that change them. */
export async function readCounters(
  database: PostgresDatabase,
  { tenantId, customerId, revision, nowMs, counters }: CountersQuery,
): Promise<readonly CounterReading[] | Stale> {
  const ids = counters.map(({ key }) => counterId(key))
  const statement = { name: 'quotas_read_counters', text: READ_COUNTERS }
  const scope = customerId === undefined ? tenantScope(tenantId) : customerScope(tenantId, customerId)
  const rows = await database.query<CounterReadingRow>(scope, statement, [ids, timestampText(nowMs), tenantId])
  const [first] = rows
  if (revisionText(first?.plans ?? 0, first?.own ?? 0) !== revision) return { kind: 'stale' }
  const byId = new Map(rows.flatMap(row => (row.id === null ? [] : [[row.id, readingOf(row, nowMs)]])))
  return ids.map(id => byId.get(id) ?? EMPTY_READING)
}

/** Reads the counters of a limit key in one window, the most used first. */
export async function readLimitUsage(
  database: PostgresDatabase,
  { tenantId, limitKey, fromMs, nowMs, first }: LimitUsageQuery,
): Promise<readonly ScopedReading[]> {
  const values = [tenantId, limitKey, timestampText(fromMs), timestampText(nowMs), first]
  const rows = await database.query<ReadingRow & { scope_value: string }>(tenantScope(tenantId), READ_LIMIT_USAGE, values)
  return rows.map(row => ({ scopeValue: row.scope_value, ...readingOf(row, nowMs) }))
}

/** Returns the reading of a row. */
export function readingOf({ used, reserved, step_seconds, steps }: ReadingRow, nowMs: number): CounterReading {
  if (step_seconds === null) return { used: new Decimal(used), reserved: new Decimal(reserved), steps: NO_STEPS }
  const counting = stepsCountingAt(stepsOf(steps), step_seconds * 1_000, nowMs)
  return { used: sumOfSteps(counting), reserved: new Decimal(reserved), steps: counting }
}
