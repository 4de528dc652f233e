import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { type PostgresDatabase, timestampText } from '@tollgate/postgres'
import type { SweepQuery } from '../../quota-upkeep.ts'

// Rows that another transaction uses now are skipped. Each statement is a transaction of its own, so that none waits for long. A
// command that needs a counter deleted here inserts it again.

// Use the indexes (window_to), and (window_to) where step_seconds is not null.
export const SWEEP_COUNTERS = `
  delete from quotas.counters where id in (
    select id from quotas.counters where step_seconds is null and window_to < $1::timestamptz and reserved = 0 and tenant_id <> all ($3::text[]) order by window_to limit $2 for update skip locked)
  returning 1`
export const SWEEP_SLIDING_COUNTERS = `
  delete from quotas.counters where id in (
    select id from quotas.counters where step_seconds is not null and window_to < $1::timestamptz and reserved = 0 and tenant_id <> all ($3::text[]) order by window_to limit $2 for update skip locked)
  returning 1`

// Ids start with the time when they were made (UUIDv7), so the oldest come first. Uses the primary key, and that of holds.
export const SWEEP_RESERVATIONS = `
  delete from quotas.reservations where id in (
    select id from quotas.reservations as reservation
    where id < $1::uuid and expires_at < $2::timestamptz and tenant_id <> all ($4::text[]) and not exists (select from quotas.holds where reservation_id = reservation.id)
    order by id limit $3 for update skip locked)
  returning 1`

// The oldest have the smallest cursors. Uses the primary key (cursor).
export const SWEEP_ALERTS = `
  delete from quotas.alerts where cursor in (
    select cursor from (select cursor, occurred_at from quotas.alerts where tenant_id <> all ($3::text[]) order by cursor limit $2) as oldest
    where occurred_at < $1::timestamptz)
  returning 1`

// Uses the index (counted_at).
export const SWEEP_KEYED_USES = `
  delete from quotas.keyed_uses where (tenant_id, idempotency_key) in (
    select tenant_id, idempotency_key from quotas.keyed_uses where counted_at < $1::timestamptz and tenant_id <> all ($3::text[]) order by counted_at limit $2 for update skip locked)
  returning 1`

/** Deletes rows that are older than the query says. Returns how many. */
export async function sweepOldRows(database: PostgresDatabase, query: SweepQuery): Promise<number> {
  const { nowMs, except, limit, countersBeforeMs, reservationsBeforeMs, alertsBeforeMs, keyedUsesBeforeMs } = query
  const statements: [string, unknown[]][] = [
    [SWEEP_COUNTERS, [timestampText(countersBeforeMs), limit, except]],
    [SWEEP_SLIDING_COUNTERS, [timestampText(nowMs), limit, except]],
    [SWEEP_RESERVATIONS, [firstIdAt(reservationsBeforeMs), timestampText(reservationsBeforeMs), limit, except]],
    [SWEEP_ALERTS, [timestampText(alertsBeforeMs), limit, except]],
    [SWEEP_KEYED_USES, [timestampText(keyedUsesBeforeMs), limit, except]],
  ]
  let swept = 0
  for (const [text, values] of statements) swept += (await database.query(OPERATOR_SCOPE, text, values)).length
  return swept
}

/** Returns the smallest UUIDv7 of a millisecond. */
function firstIdAt(atMs: number): string {
  const hex = Math.max(atMs, 0).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`
}
