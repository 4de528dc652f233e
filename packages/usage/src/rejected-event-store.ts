import type { Scope, Temporal } from '@tollgate/kernel'

/** An event that was refused, kept so that it can be looked at and sent again. */
export interface RejectedEvent {
  /** UUIDv7 of `rejectedAt`. */
  readonly id: string
  readonly tenantId: string
  /** Null where the client sent none, or one that is no key. */
  readonly idempotencyKey: string | null
  /** What was wrong, field by field. */
  readonly reason: string
  /** As it was sent, in JSON; null where it was too large to keep. Strings may hold any character, NUL too. */
  readonly payload: unknown
  /** When it was refused first. */
  readonly rejectedAt: Temporal.Instant
  /** How often the same was sent and refused. */
  readonly attempts: number
  /** When it was sent again and taken; null until then. */
  readonly resolvedAt: Temporal.Instant | null
}

/** An event to put on the list. */
export type NewRejectedEvent = Omit<RejectedEvent, 'attempts' | 'resolvedAt'>

/** A page of the list. */
export interface RejectedEventsQuery {
  readonly first: number
  /** Continues behind this id; there need not be an entry with it. */
  readonly after?: string
  readonly includeResolved?: boolean
}

/** Entries of the list, and whether there are more behind them. */
export interface RejectedEventPage {
  readonly rejected: readonly RejectedEvent[]
  readonly hasMore: boolean
}

/** Keeps refused events: the dead-letter list. Written once for all adapters by its contract suite. */
export interface RejectedEventStore {
  /**
   * Adds them, in one transaction. What is on the list unresolved with the same `rejectionFingerprint` is not added
   * again: its `attempts` grow by one, `reason` becomes the latest, and the rest stays. So do repeats within the call.
   * A resolved entry stays as it is; the same refused again is a new entry.
   */
  add(rejected: readonly NewRejectedEvent[]): Promise<void>
  /** Newest first: by id, the greatest first. */
  list(scope: Scope, query: RejectedEventsQuery): Promise<RejectedEventPage>
  /** Undefined where there is none, the scope does not see it, or the id is no id. */
  byId(scope: Scope, id: string): Promise<RejectedEvent | undefined>
  /** Marks an entry as taken. Nothing happens where it is already, or the scope does not see it. */
  resolve(scope: Scope, id: string, at: Temporal.Instant): Promise<void>
}
