import { Temporal } from '@tollgate/kernel'
import type { AuditEvent, CheckedAuditEvent } from '../model/audit-event.ts'
import type { LogHead } from '../model/log-head.ts'
import { entryHash } from './entry-hash.ts'
import { addLeaf } from './merkle/merkle-tree.ts'

/** New entries of a log, and its head after them. */
export interface Appended {
  readonly entries: readonly AuditEvent[]
  readonly head: LogHead
}

/**
 * Makes entries of events at the end of a log. They are recorded now, or at the time of the last entry if the clock of
 * this server is behind: the times of a log never go back.
 */
export function appendEntries(
  head: LogHead,
  events: readonly CheckedAuditEvent[],
  { tenantId, now }: { tenantId: string | null; now: Temporal.Instant },
): Appended {
  const recordedAt = head.lastRecordedAt !== null && Temporal.Instant.compare(head.lastRecordedAt, now) > 0 ? head.lastRecordedAt : now
  const frontier = [...head.frontier]
  let { size, lastHash } = head
  const entries = events.map(({ occurredAtSent, payloadHash, subjectId, ...event }): AuditEvent => {
    const entry = { ...event, tenantId, sequence: size + 1, recordedAt, previousHash: lastHash }
    const hash = entryHash(entry)
    addLeaf(frontier, size, Buffer.from(hash, 'hex'))
    size += 1
    lastHash = hash
    return { ...entry, hash }
  })
  return { entries, head: { size, lastHash, frontier, lastRecordedAt: entries.length > 0 ? recordedAt : head.lastRecordedAt } }
}
