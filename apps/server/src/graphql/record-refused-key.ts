import { NotAuthenticated, TooManyAttempts } from '@tollgate/accounts'
import { ApiKeyId } from '../features/accounts/ids.ts'
import type { AttemptLog } from '../features/audit/attempts/attempt-log.ts'

/** A request whose key was refused. */
export interface RefusedRequest {
  readonly authorization: string | null | undefined
  readonly requestId?: string | undefined
  readonly address?: string | undefined
  readonly userAgent?: string | null | undefined
}

/** The part of a key that may be shown. Anything else that was sent as a key may be a password. */
const PREFIX = /^Bearer +(tg_[0-9A-Za-z]{8})_/i

/**
 * Records that a key was refused: one that is known, in the log of its tenant; any other, in the log of the installation. A
 * request without a key is no attempt.
 */
export function recordRefusedKey(attempts: AttemptLog, error: unknown, { authorization, requestId, address, userAgent }: RefusedRequest): void {
  const isLimited = error instanceof TooManyAttempts
  if (!isLimited && !(error instanceof NotAuthenticated && error.reason !== 'missing')) return
  const key = isLimited ? undefined : error.key
  attempts.record({
    tenantId: key?.tenantId ?? null,
    actor: { kind: 'key', id: key === undefined ? (PREFIX.exec(authorization ?? '')?.[1] ?? null) : ApiKeyId.encode(key.id) },
    family: 'security',
    action: isLimited ? 'rateLimited' : 'authenticationFailed',
    result: 'denied',
    code: error.code,
    errorMessage: error.message,
    requestId: requestId ?? null,
    ipAddress: address ?? null,
    userAgent: userAgent ?? null,
  })
}
