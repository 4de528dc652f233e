import { type PostgresDatabase, sqlState } from '@tollgate/postgres'
import { type Temporal, tenantScope } from '@tollgate/kernel'
import type { PreparedEvent } from '../schema/event-columns.ts'

const CHECK_VIOLATION = '23514'

/** `ensure_partition` does not touch rows of tenants. */
const NO_TENANTS = tenantScope()

/** The months whose partition exists. A month is its first day in UTC (`"2026-11-01"`). */
export interface PartitionedMonths {
  /** Creates the partitions that events need and this process has not seen. */
  ensure(events: readonly PreparedEvent[]): Promise<void>
  /** Checks again next time. */
  forget(): void
}

/**
 * Creates partitions of `usage.events` ahead of time: from the month before `now` to three months after it. Safe to call
 * at any time, from many processes. The first event of any other month creates its partition, which takes a moment.
 */
export async function ensurePartitions(database: PostgresDatabase, now: Temporal.Instant): Promise<void> {
  const month = now.toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 })
  for (let offset = -1; offset <= 3; offset++) await ensurePartition(database, month.add({ months: offset }).toString())
}

/** Remembers the months that exist, so that a commit does not check each batch. */
export function partitionedMonths(database: PostgresDatabase): PartitionedMonths {
  const seen = new Set<string>()
  return {
    async ensure(events) {
      // Before the transaction of the batch, not in it: others see the partition at once, and its locks are released.
      for (const month of monthsOf(events)) {
        if (seen.has(month)) continue
        await ensurePartition(database, month)
        seen.add(month)
      }
    },
    forget: () => seen.clear(),
  }
}

/** Whether the error says that the month of an event has no partition, because retention dropped it meanwhile. */
export function isMissingPartition(error: unknown): boolean {
  // A check violation without the name of a constraint.
  const { schema, table, constraint } = error as { schema?: string; table?: string; constraint?: string }
  return sqlState(error) === CHECK_VIOLATION && schema === 'usage' && table === 'events' && constraint === undefined
}

async function ensurePartition(database: PostgresDatabase, month: string): Promise<void> {
  await database.query(NO_TENANTS, 'select usage.ensure_partition($1::date)', [month])
}

const DAY_MICROSECONDS = 86_400_000_000

/** Computed by day first: a batch has few days, and calendar arithmetic is slow. */
function monthsOf(events: readonly PreparedEvent[]): Set<string> {
  const days = new Set(events.map(({ occurredAt }) => Math.floor(occurredAt / DAY_MICROSECONDS)))
  return new Set([...days].map(day => `${new Date(day * 86_400_000).toISOString().slice(0, 7)}-01`))
}
