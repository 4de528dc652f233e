import type { Committed } from './model/committed.ts'
import type { RatedEvent } from './model/event.ts'
import type { TrackedEvent } from './model/tracked-event.ts'

/**
 * Receives what metering does, for metrics and notifications. Its methods are called synchronously and must not throw:
 * an error after a commit would be taken for a failure of the commit.
 */
export interface UsageObserver {
  /** A call of `track` succeeded with these results. */
  usageTracked(results: readonly TrackedEvent[]): void
  /** A call was rejected because the queue is full, or because it waited too long. */
  usageOverloaded(): void
  /** A transaction with these events starts. */
  commitStarted(batch: readonly RatedEvent[]): void
  /** The transaction is committed, with one outcome per event. */
  batchCommitted(batch: readonly RatedEvent[], outcomes: readonly Committed[]): void
  /** Rejected events of tenants that have too many were deleted, the oldest first. */
  rejectedEventsDiscarded(count: number): void
  /** The transaction failed. */
  commitFailed(batch: readonly RatedEvent[]): void
}
