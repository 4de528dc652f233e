import type { Transaction } from '@tollgate/kernel'
import type { ActivityCount } from './model/activity-count.ts'

/** Counts frequent operations, and records them in audit logs as one event per actor, type and minute. */
export interface ActivityLog {
  /** Counts in a transaction of the caller, so that the counts are exact: they are recorded if and only if it commits. */
  countIn(transaction: Transaction, counts: readonly ActivityCount[]): Promise<void>
  /** Counts in memory until the next `flush`. A process that crashes loses what it counted since. Never throws. */
  count(count: ActivityCount): void
  /** Stores what was counted in memory. */
  flush(): Promise<void>
  /**
   * Records the minutes that ended at least a minute ago as events, and returns the number of events. Several processes may
   * do it at the same time: each count is recorded once.
   */
  recordMinutes(options?: { readonly signal?: AbortSignal }): Promise<number>
}
