import { type Temporal, tenantScope } from '@tollgate/kernel'
import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { monthOf } from './event-columns.ts'

/** `ensure_partition` does not touch rows of tenants. */
const NO_TENANTS = tenantScope()
const ENSURE_PARTITION = 'select audit.ensure_partition($1::date) as existed, pg_current_xact_id()::text as transaction_id'
const MONTHS_AHEAD = 3

/**
 * Creates partitions of `audit.events` ahead of time: from the month before `now` to three months after it. Safe to call
 * at any time, from many processes. Call it at start and every day.
 */
export async function ensureAuditPartitions(database: PostgresDatabase, now: Temporal.Instant): Promise<void> {
  const month = now.toZonedDateTimeISO('UTC').toPlainDate().with({ day: 1 })
  for (let offset = -1; offset <= MONTHS_AHEAD; offset++) {
    await database.query(NO_TENANTS, ENSURE_PARTITION, [month.add({ months: offset }).toString()])
  }
}

/** The months whose partition exists. */
export interface PartitionedMonths {
  /** Creates the partition of a month that nobody prepared, in the transaction that needs it. */
  ensure(transaction: PostgresTransaction, instant: Temporal.Instant): Promise<void>
}

/** Remembers the months that exist, so that an append does not check again. */
export function partitionedMonths(): PartitionedMonths {
  const known = new Set<string>()
  const createdBy = new Map<string, string>()
  return {
    async ensure(transaction, instant) {
      const month = monthOf(instant)
      if (known.has(month)) return
      const [row] = await transaction.query<{ existed: boolean; transaction_id: string }>(ENSURE_PARTITION, [month])
      // A partition that this transaction created, now or before, is gone if it is rolled back.
      if (row?.existed === false) createdBy.set(month, row.transaction_id)
      else if (row !== undefined && createdBy.get(month) !== row.transaction_id) known.add(month)
    },
  }
}
