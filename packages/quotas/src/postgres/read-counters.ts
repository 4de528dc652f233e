import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, tenantScope } from '@tollgate/kernel'
import type { Stale } from '../counters/command.ts'
import { type CounterReading, type CounterShown, NOTHING_COUNTED } from '../counters/counter-reading.ts'
import type { CountersQuery, LimitQuery } from '../quota-store.ts'
import { NO_STEPS, stepsAt, sumOfSteps } from '../windows/sliding-steps.ts'
import { instantOf } from './columns.ts'
import { counterId } from './counter-id.ts'
import { revisionText } from './revisions.ts'
import { stepsOf } from './stored-steps.ts'

/** What is held of a counter and has not expired. Relies on the index (counter_id, expires_at). */
export function liveReserved(now: string): string {
  return `counter.reserved - coalesce((select sum(amount) from quotas.holds where counter_id = counter.id and expires_at <= ${now}), 0)`
}

/** What counts of a counter whose window is fixed, with what leases held that expired. Relies on the index (counter_id, expires_at). */
function usedWithLapsed(now: string): string {
  return `counter.used + case when counter.leased = 0 then 0 else coalesce((
      select sum(amount) from quotas.holds where counter_id = counter.id and expires_at <= ${now} and lease_revision is not null), 0) end`
}

/** What counts of a counter, without the steps that have left its window. */
export function liveUsed(now: string): string {
  return `case when counter.steps is null then ${usedWithLapsed(now)} else coalesce((
      select sum(amount::numeric) from jsonb_each_text(counter.steps) as step (number, amount)
      where number::bigint >= floor(extract(epoch from ${now}) / counter.step_seconds) - 60), 0) end`
}

/**
 * Counters and the revision. One statement, so that all of it is of one moment; the revision is in every row, and in
 * one more where there is no counter. Relies on the primary key.
 */
export const READ_COUNTERS = `
  select counter.id, ${usedWithLapsed('$2::timestamptz')} as used, counter.step_seconds, counter.steps::text as steps, ${liveReserved('$2::timestamptz')} as reserved,
    (select revision from quotas.plan_revision)::text as plans,
    coalesce((select revision from quotas.tenant_revisions where tenant_id = $3), 0)::text as own
  from (select 1) as always left join quotas.counters as counter on counter.id = any ($1::uuid[])`

/** The counters of a slot in a window. Relies on the index (tenant_id, slot, window_from). */
export const READ_SLOT = `
  select scope_value, used, reserved, step_seconds, steps
  from (
    select scope_value, ${liveUsed('$4::timestamptz')} as used, step_seconds, steps::text as steps, ${liveReserved('$4::timestamptz')} as reserved
    from quotas.counters as counter
    where tenant_id = $1 and slot = $2 and window_from = $3::timestamptz
  ) as standing
  where used > 0 or reserved > 0
  order by used desc, scope_value
  limit $5`

/** What a counter's reading is read from. */
export interface ReadingRow {
  used: string
  reserved: string
  step_seconds: number | null
  steps: string | null
}

interface CounterRow extends ReadingRow {
  id: string | null
  plans: string
  own: string
}

/** What counters show, without waiting for anyone who changes them. */
export async function readCounters(
  database: PostgresDatabase,
  { tenantId, revision, nowMs, counters }: CountersQuery,
): Promise<readonly CounterReading[] | Stale> {
  const ids = counters.map(({ key }) => counterId(key))
  const rows = await database.query<CounterRow>(tenantScope(tenantId), { name: 'quotas_read_counters', text: READ_COUNTERS }, [ids, instantOf(nowMs), tenantId])
  const [first] = rows
  if (revisionText(first?.plans ?? 0, first?.own ?? 0) !== revision) return { kind: 'stale' }
  const byId = new Map(rows.flatMap(row => (row.id === null ? [] : [[row.id, readingOf(row, nowMs)]])))
  return ids.map(id => byId.get(id) ?? NOTHING_COUNTED)
}

/** What the counters of a slot show in one window, the most used first. */
export async function readLimit(database: PostgresDatabase, { tenantId, limitKey, fromMs, nowMs, first }: LimitQuery): Promise<readonly CounterShown[]> {
  const values = [tenantId, limitKey, instantOf(fromMs), instantOf(nowMs), first]
  const rows = await database.query<ReadingRow & { scope_value: string }>(tenantScope(tenantId), READ_SLOT, values)
  return rows.map(row => ({ scopeValue: row.scope_value, ...readingOf(row, nowMs) }))
}

/** A reading of its row. */
export function readingOf({ used, reserved, step_seconds, steps }: ReadingRow, nowMs: number): CounterReading {
  if (step_seconds === null) return { used: new Decimal(used), reserved: new Decimal(reserved), steps: NO_STEPS }
  const counting = stepsAt(stepsOf(steps), step_seconds * 1_000, nowMs)
  return { used: sumOfSteps(counting), reserved: new Decimal(reserved), steps: counting }
}
