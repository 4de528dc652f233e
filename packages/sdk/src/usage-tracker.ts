import type { CallRecord } from './model/call-record.ts'
import type { TrackReceipt } from './model/track-receipt.ts'

/** What is known of a call when it has ended. */
export interface CallResult extends Omit<CallRecord, 'operation' | 'status' | 'callId'> {
  /** Another name of `latencyMs`. If neither is given, it is the time since the tracker was created. */
  readonly responseTimeMs?: number | undefined
}

/** Tracks one call from its start to its end. The first `record…` ends it; the others then return the same receipt. */
export interface UsageTracker {
  /** Idempotency key of the call. */
  readonly callId: string
  recordSuccess(result?: CallResult): Promise<TrackReceipt>
  /** `result` can be the HTTP status code. It is read from the error if it has one. */
  recordFailure(error?: unknown, result?: CallResult | number): Promise<TrackReceipt>
  recordRateLimit(result?: CallResult): Promise<TrackReceipt>
}
