import { currentMetadata, mergeMetadata, metadataOf } from '@tollgate/metadata'
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
  const { batchSize, maxInFlight, bufferSize, waitTimeoutMs } = settings
  const atOnce = Math.min(batchSize * maxInFlight, bufferSize)
  // Runtimes without async context lose it at the first await.
  const context = currentMetadata()
  const receipts: TrackReceipt[] = []
  for (let start = 0; start < calls.length; start += atOnce) {
    const next = calls.slice(start, start + atOnce)
    if (start > 0) await outbox.untilRoom(next.length, waitTimeoutMs)
    receipts.push(...(await Promise.all(next.map(call => recorder.record({ ...call, metadata: mergeMetadata(context, metadataOf(call.metadata ?? {})) })))))
  }
  return receipts
}
