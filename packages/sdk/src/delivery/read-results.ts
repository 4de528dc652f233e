import type { TrackReceipt } from '../model/track-receipt.ts'
import type { TrackResult } from '../tollgate-engine.ts'
import type { QueuedEvent } from './queued-event.ts'

/** What the results of a batch mean for its events. */
export interface ReadResults {
  readonly answered: readonly (readonly [QueuedEvent, TrackReceipt])[]
  /** Events to send again, with their time corrected. */
  readonly corrected: readonly QueuedEvent[]
}

/** The server accepts events up to 10 minutes ahead. A smaller offset cannot be why it rejected a time. */
const MIN_REJECTED_OFFSET_MS = 60_000

/**
 * Reads the results of a batch. If the server rejects a time that the client set, and its clock differs from the client's, the
 * event is corrected once.
 */
export function readResults(batch: readonly QueuedEvent[], results: readonly TrackResult[], clockOffsetMs: number | undefined): ReadResults {
  const answered: [QueuedEvent, TrackReceipt][] = []
  const corrected: QueuedEvent[] = []
  for (const [index, entry] of batch.entries()) {
    const result = results[index]
    if (result === undefined) throw new Error(`Tollgate answered for ${results.length} of ${batch.length} events.`)
    if (isClockToBlame(entry, result, clockOffsetMs)) {
      const occurredAt = new Date(Date.parse(entry.event.occurredAt ?? '') + (clockOffsetMs ?? 0)).toISOString()
      entry.event = { ...entry.event, occurredAt }
      entry.stampedByClient = false
      corrected.push(entry)
    } else {
      const receipt = { callId: entry.event.idempotencyKey ?? '', outcome: result.outcome, ...(result.reason !== null && { reason: result.reason }) }
      answered.push([entry, receipt])
    }
  }
  return { answered, corrected }
}

function isClockToBlame({ stampedByClient }: QueuedEvent, { outcome, invalidFields = [] }: TrackResult, clockOffsetMs = 0): boolean {
  const onlyTheTime = invalidFields.length === 1 && invalidFields[0]?.endsWith('occurredAt') === true
  return stampedByClient && outcome === 'REJECTED' && onlyTheTime && Math.abs(clockOffsetMs) > MIN_REJECTED_OFFSET_MS
}
