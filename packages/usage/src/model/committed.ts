import type { Temporal } from '@tollgate/kernel'

/**
 * The outcome of one event of a batch, by its idempotency key within its tenant.
 * - `accepted`: the key is new, and the event is recorded.
 * - `duplicate`: the key was used before with the same payload (`payloadHash`). Nothing is recorded.
 * - `conflict`: the key was used before with another payload, or with another `occurredAt` when both sent one. Nothing
 *   is recorded.
 */
export type CommitOutcome = 'accepted' | 'duplicate' | 'conflict'

/** The outcome of one event, and the event that its key stands for: the first one if it is a duplicate or a conflict. */
export interface Committed {
  readonly outcome: CommitOutcome
  readonly eventId: string
  /** Of the event that the key stands for. Together with the id, it locates the event. */
  readonly occurredAt: Temporal.Instant
}
