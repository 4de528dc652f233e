import { Temporal } from '@tollgate/kernel'
import type { CommitOutcome } from '../model/committed.ts'
import type { CheckedEvent } from '../model/event.ts'

/** The fields that decide whether two events with the same key are the same. */
export type KeyedEvent = Pick<CheckedEvent, 'payloadHash' | 'occurredAtSent' | 'occurredAt'>

/** Compares an event with the first event that used its key. Times are compared only if both events sent one. */
export function classifyDuplicate(first: KeyedEvent, repeat: KeyedEvent): Exclude<CommitOutcome, 'accepted'> {
  if (first.payloadHash !== repeat.payloadHash) return 'conflict'
  if (!first.occurredAtSent || !repeat.occurredAtSent) return 'duplicate'
  return Temporal.Instant.compare(first.occurredAt, repeat.occurredAt) === 0 ? 'duplicate' : 'conflict'
}
