/**
 * What became of a call record.
 * - `ACCEPTED`, `DUPLICATE`, `CONFLICT`, `REJECTED`: the answer of the server.
 * - `QUEUED`: it is in memory or in the spool, and is sent later.
 * - `DROPPED`: the buffer was full. `onError` reports it too.
 */
export type TrackOutcome = 'ACCEPTED' | 'DUPLICATE' | 'CONFLICT' | 'REJECTED' | 'QUEUED' | 'DROPPED'

/** The result of reporting a call. */
export interface TrackReceipt {
  /** Idempotency key of the call: the one that was given, or a new one. */
  readonly callId: string
  readonly outcome: TrackOutcome
  /** Why it was not recorded. Absent if it was, or will be. */
  readonly reason?: string
}
