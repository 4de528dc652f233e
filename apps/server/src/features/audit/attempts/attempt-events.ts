import type { AuditEventDraft } from '@tollgate/audit'
import { Temporal } from '@tollgate/kernel'
import type { Attempt } from './attempt-log.ts'
import type { AttemptTally } from './count-attempts.ts'

/** Returns the event of the first attempt of a kind. */
export function firstAttemptEvent({ tenantId, code, ...attempt }: Attempt, nowMs: number): AuditEventDraft {
  return { ...attempt, occurredAt: Temporal.Instant.fromEpochMilliseconds(nowMs), details: { code } }
}

/** Returns the event that stands for the attempts of a tally. */
export function tallyEvent({ attempt, result, ipAddress, count, firstMs, lastMs }: AttemptTally): AuditEventDraft {
  const [first, last] = [firstMs, lastMs].map(ms => Temporal.Instant.fromEpochMilliseconds(ms))
  const details = { firstAt: String(first), lastAt: String(last) }
  if (attempt !== undefined) {
    const { actor, family, action, code, errorMessage } = attempt
    // The request and the client of the first attempt are in its own event.
    return { actor, family, action, result, errorMessage, count, occurredAt: first ?? null, details: { code, ...details } }
  }
  return {
    family: 'security',
    action: 'moreAttempts',
    result,
    count,
    ipAddress: ipAddress ?? null,
    occurredAt: first ?? null,
    errorMessage: `${count} more attempts ${result === 'denied' ? 'were denied' : 'failed'}. They are of more kinds than a minute of the log lists.`,
    details,
  }
}
