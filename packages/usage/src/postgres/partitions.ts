import { type PostgresDatabase, sqlState } from '@tollgate/postgres'
import { type Temporal, tenantScope } from '@tollgate/kernel'
import type { PlacedEvent } from './commit/placed-event.ts'

const CHECK_VIOLATION = '23514'

/** `ensure_partition` reads and writes no tenant's rows. */
const NO_TENANTS = tenantScope()

/** Months, as their first day in UTC (`"2026-11-01"`), whose partition is there. */
export interface PartitionedMonths {
  /** Makes the partitions that events need and this process has not seen. */
  ensure(events: readonly PlacedEvent[]): Promise<void>
  /** Looks again next time. */
  forget(): void
}

/**
 * Makes partitions of `usage.events` ahead of time: from the month before `now` to three months after it. Safe to call
 * at any time, from many processes. An event of any other month makes its own; that costs the first one a moment.
 */
export async function ensurePartitions(database: PostgresDatabase, now: Temporal.Instant): Promise<void> {
  const month = now.toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 })
  for (let offset = -1; offset <= 3; offset++) await ensurePartition(database, month.add({ months: offset }).toString())
}

/** Remembers what it has made, so that ingest does not ask for each batch. */
export function partitionedMonths(database: PostgresDatabase): PartitionedMonths {
  const seen = new Set<string>()
  return {
    async ensure(events) {
      // Before the ingest transaction and outside of it: what it makes is to be seen by others at once, and its locks
      // are to be gone.
      for (const month of monthsOf(events)) {
        if (seen.has(month)) continue
        await ensurePartition(database, month)
        seen.add(month)
      }
    },
    forget: () => seen.clear(),
  }
}

/** Whether the error says that an event's month has no partition: retention dropped it since it was seen. */
export function isMissingPartition(error: unknown): boolean {
  // A violated check, but of no constraint that has a name.
  const { table, constraint } = error as { table?: string; constraint?: string }
  return sqlState(error) === CHECK_VIOLATION && table === 'events' && constraint === undefined
}

async function ensurePartition(database: PostgresDatabase, month: string): Promise<void> {
  await database.query(NO_TENANTS, 'select usage.ensure_partition($1::date)', [month])
}

const DAY_MICROSECONDS = 86_400_000_000

/** By day first: a batch has few days, and calendars cost. */
function monthsOf(events: readonly PlacedEvent[]): Set<string> {
  const days = new Set(events.map(({ occurredAt }) => Math.floor(occurredAt / DAY_MICROSECONDS)))
  return new Set([...days].map(day => `${new Date(day * 86_400_000).toISOString().slice(0, 7)}-01`))
}
