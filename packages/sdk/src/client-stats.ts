import type { EngineFailure } from './errors.ts'
import type { SpoolStats } from './spool-store.ts'

/** What the client has done since it was created. */
export interface ClientStats {
  /** Events in memory that wait to be sent. */
  readonly queued: number
  readonly queuedBytes: number
  /** Requests that wait for an answer. */
  readonly inFlight: number
  readonly accepted: number
  readonly duplicates: number
  readonly conflicts: number
  readonly rejected: number
  /** Events that are lost because the buffer was full or the client was closed. */
  readonly dropped: number
  /** Requests that were sent again. */
  readonly retries: number
  /** Batches that were put back into the queue, because Tollgate did not answer. */
  readonly failedBatches: number
  /** Why events wait: the latest failure, until a request succeeds. Undefined if none failed. */
  readonly failure: EngineFailure | undefined
  readonly circuit: 'closed' | 'open' | 'half-open'
  /** Difference of the server's clock to the one of this client. Undefined if unknown. */
  readonly clockOffsetMs: number | undefined
  /** Undefined without a spool. */
  readonly spool: SpoolStats | undefined
}
