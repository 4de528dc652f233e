import type { Page, PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { NewRejectedEvent, RejectedEvent } from './model/rejected-event.ts'

/** A page of rejected events. `after` is an id; there need not be an entry with it. */
export interface RejectedEventsQuery extends PageRequest {
  readonly includeResolved?: boolean
}

/** Options of a store. */
export interface RejectedEventStoreOptions {
  /** Entries of a tenant to keep. Defaults to `MAX_REJECTED_EVENTS`. */
  readonly maxPerTenant?: number
}

/** Stores rejected events: the dead-letter list. `describeRejectedEventStore` is the contract of all adapters. */
export interface RejectedEventStore {
  /**
   * Adds entries in one transaction. An entry with the `rejectionFingerprint` of an unresolved one is not added: the
   * existing entry gets one more attempt and the latest reason, and stays the same otherwise. That holds within one
   * call too. A resolved entry does not change; the same event rejected again is a new entry. Discards the oldest entries
   * of a tenant that has more than `MAX_REJECTED_EVENTS`, and returns how many.
   */
  add(rejected: readonly NewRejectedEvent[]): Promise<{ readonly discarded: number }>
  /** Ordered by id, newest first. */
  list(scope: Scope, query: RejectedEventsQuery): Promise<Page<RejectedEvent>>
  /** Returns undefined if there is no such entry, the scope does not include it, or the id is malformed. */
  byId(scope: Scope, id: string): Promise<RejectedEvent | undefined>
  /** Marks an entry as accepted. Does nothing if it is already, or the scope does not include it. */
  resolve(scope: Scope, id: string, at: Temporal.Instant): Promise<void>
}
