import type { Temporal, Transaction } from '@tollgate/kernel'
import type { MinuteOfActivity } from './model/activity-count.ts'

/** Uses the sums of a minute in the transaction that removes them. */
export type UseMinute = (transaction: Transaction, sums: readonly MinuteOfActivity[]) => Promise<void>

/** Keeps counts of activity until their minute has ended. `describeActivityStore` is the contract of all adapters. */
export interface ActivityStore {
  /** Adds counts in a transaction of the caller, whose scope must include their tenants. Locks nothing that others lock. */
  addIn(transaction: Transaction, counts: readonly MinuteOfActivity[]): Promise<void>
  /** Adds counts. Resolves when they are durable. */
  add(counts: readonly MinuteOfActivity[]): Promise<void>
  /** Returns tenants with counts of minutes before `before`, by id. */
  tenants(query: { readonly before: Temporal.Instant; readonly after: string | undefined; readonly first: number }): Promise<readonly string[]>
  /**
   * Removes the counts of a tenant's first minute before `before`, and calls `use` with their sums by actor and type in the
   * same transaction. Of concurrent callers, one takes each count. Returns whether there were any.
   */
  take(query: { readonly tenantId: string; readonly before: Temporal.Instant }, use: UseMinute): Promise<boolean>
}
