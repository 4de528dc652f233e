import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { SweepQuery } from '../quota-store.ts'
import { instantOf } from './columns.ts'

// Whoever is using a row now keeps it. Each statement is a transaction of its own: none of them waits, or is waited for
// long. A counter that goes between being found there and being locked is made again by whoever wanted it.

// Relies on the indexes (window_to), and (window_to) where step_seconds is not null.
export const SWEEP_COUNTERS = `
  delete from quotas.counters where id in (
    select id from quotas.counters where step_seconds is null and window_to < $1::timestamptz and reserved = 0 order by window_to limit $2 for update skip locked)
  returning 1`
export const SWEEP_SLIDING_COUNTERS = `
  delete from quotas.counters where id in (
    select id from quotas.counters where step_seconds is not null and window_to < $1::timestamptz and reserved = 0 order by window_to limit $2 for update skip locked)
  returning 1`

// Ids begin with the time when they were made (UUIDv7), so that the oldest come first. Relies on the primary key, and on that of holds.
export const SWEEP_RESERVATIONS = `
  delete from quotas.reservations where id in (
    select id from quotas.reservations as reservation
    where id < $1::uuid and expires_at < $2::timestamptz and not exists (select from quotas.holds where reservation_id = reservation.id)
    order by id limit $3 for update skip locked)
  returning 1`

// The oldest have the first cursors. Relies on the primary key (cursor).
export const SWEEP_ALERTS = `
  delete from quotas.alerts where cursor in (
    select cursor from (select cursor, occurred_at from quotas.alerts order by cursor limit $2) as oldest where occurred_at < $1::timestamptz)
  returning 1`

/** Forgets what is older than it is kept. Answers how much. */
export async function sweepOld(database: PostgresDatabase, query: SweepQuery): Promise<number> {
  const { nowMs, limit, countersBeforeMs, reservationsBeforeMs, alertsBeforeMs } = query
  const statements: [string, unknown[]][] = [
    [SWEEP_COUNTERS, [instantOf(countersBeforeMs), limit]],
    [SWEEP_SLIDING_COUNTERS, [instantOf(nowMs), limit]],
    [SWEEP_RESERVATIONS, [firstIdAt(reservationsBeforeMs), instantOf(reservationsBeforeMs), limit]],
    [SWEEP_ALERTS, [instantOf(alertsBeforeMs), limit]],
  ]
  let swept = 0
  for (const [text, values] of statements) swept += (await database.query(OPERATOR_SCOPE, text, values)).length
  return swept
}

/** The least UUIDv7 of a millisecond. */
function firstIdAt(atMs: number): string {
  const hex = Math.max(atMs, 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
