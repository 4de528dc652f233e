import { Temporal } from '@tollgate/kernel'
import type { CheckedAuditEvent } from '../model/audit-event.ts'
import type { AppendOutcome } from '../model/recorded-audit-event.ts'
import { type KeyedAuditEvent, personalHash } from './entry-hash.ts'

/**
 * Compares an event with the first event that used its key. Times are compared only if both events sent one. Personal
 * data is not compared once it was erased, because its salt is gone.
 */
export function classifyDuplicate(first: KeyedAuditEvent, repeat: CheckedAuditEvent): Exclude<AppendOutcome, 'accepted'> {
  if (first.payloadHash !== repeat.payloadHash || !samePersonalData(first, repeat)) return 'conflict'
  if (!first.occurredAtSent || !repeat.occurredAtSent) return 'duplicate'
  return Temporal.Instant.compare(first.occurredAt, repeat.occurredAt) === 0 ? 'duplicate' : 'conflict'
}

function samePersonalData(first: KeyedAuditEvent, { personal }: CheckedAuditEvent): boolean {
  if (first.personalHash === null || personal === null) return first.personalHash === null && personal === null
  return first.personalSalt === null || personalHash(first.personalSalt, personal) === first.personalHash
}
