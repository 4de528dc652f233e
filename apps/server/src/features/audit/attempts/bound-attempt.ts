import type { Attempt } from './attempt-log.ts'

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

function bound(text: string | null, max: number): string | null {
  return text === null || text === '' ? null : text.slice(0, max).toWellFormed().replaceAll('\0', '\uFFFD')
}

function nameOf(text: string): string {
  const name = text.slice(0, MAX_NAME_LENGTH).replaceAll(/\W/g, '_')
  return /^[A-Za-z]/.test(name) ? name : 'unnamed'
}
