import { checkInput } from '../engine/check-input.ts'
import { CALL } from '../engine/call-shape.ts'
import { timeText } from '../engine/read-input.ts'
import { currentMetadata, mergeMetadata, type Metadata, metadataOf } from '@tollgate/metadata'
import type { DeliverySettings } from '../delivery/delivery-settings.ts'
import type { Outbox } from '../delivery/outbox.ts'
import type { QueuedEvent } from '../delivery/queued-event.ts'
import { callIdOf } from '../engine/call-id.ts'
import { encodeCall } from '../engine/encode-call.ts'
import type { CallRecord } from '../model/call-record.ts'
import type { UsageEventInput } from '../model/operations.ts'
import type { TrackReceipt } from '../model/track-receipt.ts'
import type { Platform } from '../platform.ts'
import type { Spool, SpoolPosition } from '../spool-store.ts'

/** What recording works with. */
export interface RecordDependencies {
  readonly outbox: Outbox
  readonly settings: DeliverySettings
  readonly spool: Spool | undefined
  readonly platform: Platform
  readonly defaults: Metadata
  readonly tenantId: string | undefined
  readonly clockOffsetMs: () => number | undefined
  readonly onError: (error: Error) => void
  readonly isClosed: () => boolean
}

/** Records calls. */
export interface CallRecording {
  (call: CallRecord): Promise<TrackReceipt>
  /** Reports that a call cannot be recorded, and returns its receipt. */
  reject(error: unknown, callId?: string): Promise<TrackReceipt>
}

/** A smaller offset is within the accuracy of the measurement. */
const MIN_CORRECTED_OFFSET_MS = 5_000

/** Returns `record` of a client. */
export function recordCalls(dependencies: RecordDependencies): CallRecording {
  const { outbox, settings, spool, platform, defaults, clockOffsetMs, onError, isClosed } = dependencies

  const now = (): Date => {
    const offset = clockOffsetMs() ?? 0
    return new Date(platform.nowMs() + (Math.abs(offset) < MIN_CORRECTED_OFFSET_MS ? 0 : offset))
  }

  // Synchronous, because the context of the caller ends at the first await.
  const encode = (call: CallRecord, callId: string): UsageEventInput => {
    const occurredAt = call.occurredAt === undefined || call.occurredAt === null ? now().toISOString() : timeText('occurredAt', call.occurredAt)
    const context = mergeMetadata(defaults, currentMetadata())
    const metadata = mergeMetadata(context, metadataOf(call.metadata ?? {}))
    return encodeCall(call, { callId, occurredAt, metadata })
  }

  const lost = (callId: string, reason: string): TrackReceipt => {
    outbox.drop(1, reason)
    return { callId, outcome: 'DROPPED', reason }
  }

  async function deliver(entry: Omit<QueuedEvent, 'position' | 'resolve' | 'attempts'>, callId: string): Promise<TrackReceipt> {
    let position: SpoolPosition | undefined
    let inMemory = outbox.hasRoom(entry.bytes)
    if (spool !== undefined) {
      inMemory = inMemory && !spool.stats().hasMore
      try {
        position = await spool.append({ event: entry.event, tenantId: entry.tenantId }, { inMemory })
      } catch (error) {
        onError(error as Error)
        inMemory = outbox.hasRoom(entry.bytes)
      }
      if (position !== undefined && !inMemory) {
        outbox.wake()
        return outbox.queued(callId)
      }
    }
    const deadlineMs = platform.monotonicMs() + settings.waitTimeoutMs
    while (!inMemory && settings.whenFull === 'wait' && platform.monotonicMs() < deadlineMs) {
      await outbox.untilRoom(1, deadlineMs - platform.monotonicMs())
      // Another caller that waited may have taken the room.
      inMemory = outbox.hasRoom(entry.bytes)
    }
    if (!inMemory && settings.whenFull === 'drop-oldest') {
      outbox.dropOldest()
      inMemory = true
    }
    if (!inMemory) return lost(callId, 'the buffer is full.')
    return settings.delivery === 'background' ? enqueue(entry, position, callId) : wait(entry, position, callId)
  }

  function enqueue(entry: Omit<QueuedEvent, 'position' | 'resolve' | 'attempts'>, position: SpoolPosition | undefined, callId: string): TrackReceipt {
    outbox.push({ ...entry, position, attempts: 0, resolve: undefined })
    return outbox.queued(callId)
  }

  function wait(entry: Omit<QueuedEvent, 'position' | 'resolve' | 'attempts'>, position: SpoolPosition | undefined, callId: string): Promise<TrackReceipt> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve(outbox.queued(callId)), settings.waitTimeoutMs)
      const answer = (receipt: TrackReceipt) => {
        clearTimeout(timer)
        resolve(receipt)
      }
      outbox.push({ ...entry, position, attempts: 0, resolve: answer })
    })
  }

  const reject = (error: unknown, callId = ''): Promise<TrackReceipt> => {
    const failure = error instanceof Error ? error : new Error(String(error))
    onError(failure)
    return Promise.resolve({ callId, outcome: 'REJECTED', reason: `The call cannot be sent: ${failure.message}` })
  }

  const record = (call: CallRecord): Promise<TrackReceipt> => {
    let callId = ''
    try {
      checkInput(CALL, call)
      callId = call.callId ?? callIdOf(platform.nowMs(), platform.randomBytes(10))
      if (isClosed()) return Promise.resolve(lost(callId, 'the client is closed.'))
      const event = encode(call, callId)
      const bytes = JSON.stringify(event).length
      return deliver({ event, tenantId: call.tenantId ?? dependencies.tenantId, bytes, stampedByClient: (call.occurredAt ?? undefined) === undefined }, callId)
    } catch (error) {
      // A wrong field, or a value that is no JSON.
      return reject(error, callId)
    }
  }
  return Object.assign(record, { reject })
}
