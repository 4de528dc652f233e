import { currentMetadata, mergeMetadata, type Metadata, metadataOf } from '@tollgate/metadata'
import type { DeliverySettings } from '../delivery/delivery-settings.ts'
import type { Outbox } from '../delivery/outbox.ts'
import type { CallRecord } from '../model/call-record.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { Recorder } from '../recorder.ts'

/** What recording many calls works with. */
export interface TrackBulkDependencies {
  readonly recorder: Pick<Recorder, 'record'>
  readonly outbox: Outbox
  readonly settings: DeliverySettings
}

/** Records many calls, as many at a time as fit into the buffer, so that none is dropped because there are many. */
export async function trackBulk({ recorder, outbox, settings }: TrackBulkDependencies, calls: readonly CallRecord[]): Promise<TrackReceipt[]> {
  // Callers without types can pass anything, and tracking never rejects.
  if (!isList(calls)) return [await recorder.record(calls as unknown as CallRecord)]
  const { batchSize, maxInFlight, bufferSize, waitTimeoutMs } = settings
  const atOnce = Math.min(batchSize * maxInFlight, bufferSize)
  // Runtimes without async context lose it at the first await.
  const context = currentMetadata()
  const receipts: TrackReceipt[] = []
  for (let start = 0; start < calls.length; start += atOnce) {
    const next = calls.slice(start, start + atOnce)
    if (start > 0) await outbox.untilRoom(next.length, waitTimeoutMs)
    receipts.push(...(await Promise.all(next.map(call => recorder.record(withContext(context, call))))))
  }
  return receipts
}

/** Returns the call as it is if it is wrong, so that `record` says why. */
function withContext(context: Metadata, call: CallRecord): CallRecord {
  try {
    return { ...call, metadata: mergeMetadata(context, metadataOf(call.metadata ?? {})) }
  } catch {
    return call
  }
}

function isList(value: unknown): boolean {
  return Array.isArray(value)
}
