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
  /** Why it was not recorded, or why it still waits. Absent if it was recorded, or waits for its turn. */
  readonly reason?: string
}
