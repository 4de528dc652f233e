import type { Issue } from '@tollgate/kernel'

/** The outcome of an event that a store was given. */
export type AppendOutcome = 'accepted' | 'duplicate' | 'conflict'

/** What a store did with an event. */
export interface AppendedEvent {
  readonly outcome: AppendOutcome
  /** Sequence of the entry that has the key. */
  readonly sequence: number
}

/** The result of recording one event. */
export type RecordedAuditEvent =
  | { readonly outcome: AppendOutcome; readonly idempotencyKey: string; readonly sequence: number; readonly reason: string | null }
  /** The rule of its family counts it, in one event per type and minute. */
  | { readonly outcome: 'counted'; readonly idempotencyKey: string; readonly reason: string }
  | { readonly outcome: 'rejected'; readonly idempotencyKey: string | null; readonly issues: readonly Issue[]; readonly reason: string }
