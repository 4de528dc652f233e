import type { AuditEventDraft } from '@tollgate/audit'
import { Temporal } from '@tollgate/kernel'
import type { Attempt } from './attempt-log.ts'
import type { AttemptTally } from './count-attempts.ts'

/** Maximum lengths of texts, so that waiting events need little memory. */
const MAX_MESSAGE_LENGTH = 500
const MAX_USER_AGENT_LENGTH = 256
const MAX_NAME_LENGTH = 64
const MAX_ID_LENGTH = 128

/** Returns the attempt with texts that an audit event can have. */
export function boundAttempt({ actor, family, action, code, errorMessage, requestId, ipAddress, userAgent, ...attempt }: Attempt): Attempt {
  return {
    ...attempt,
    actor: { kind: actor.kind, id: bound(actor.id, MAX_ID_LENGTH) },
    family: nameOf(family),
    action: nameOf(action),
    code: code.slice(0, MAX_NAME_LENGTH).toWellFormed(),
    errorMessage: bound(errorMessage, MAX_MESSAGE_LENGTH) ?? code,
    requestId: bound(requestId, MAX_ID_LENGTH),
    ipAddress: bound(ipAddress, MAX_NAME_LENGTH),
    userAgent: bound(userAgent, MAX_USER_AGENT_LENGTH),
  }
}

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

function bound(text: string | null, max: number): string | null {
  return text === null || text === '' ? null : text.slice(0, max).toWellFormed().replaceAll('\0', '\uFFFD')
}

function nameOf(text: string): string {
  const name = text.slice(0, MAX_NAME_LENGTH).replaceAll(/\W/g, '_')
  return /^[A-Za-z]/.test(name) ? name : 'unnamed'
}
