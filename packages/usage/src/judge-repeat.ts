import { Temporal } from '@tollgate/kernel'
import type { CheckedEvent } from './event.ts'
import type { CommitOutcome } from './usage-store.ts'

/** What two uses of one key are compared by. */
export type KeyUse = Pick<CheckedEvent, 'payloadHash' | 'occurredAtSent' | 'occurredAt'>

/** Whether a key that is used again says the same as its first use. A time counts only where both sent one. */
export function judgeRepeat(first: KeyUse, repeat: KeyUse): Exclude<CommitOutcome, 'accepted'> {
  if (first.payloadHash !== repeat.payloadHash) return 'conflict'
  if (!first.occurredAtSent || !repeat.occurredAtSent) return 'duplicate'
  return Temporal.Instant.compare(first.occurredAt, repeat.occurredAt) === 0 ? 'duplicate' : 'conflict'
}
