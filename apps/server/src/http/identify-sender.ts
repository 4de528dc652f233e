import { type Authenticator, NotAuthenticated, TooManyAttempts, type Viewer } from '@tollgate/accounts'
import { isDatabaseUnavailable } from '@tollgate/postgres'
import type { IncomingMessage } from 'node:http'
import type { AttemptLog } from '../features/audit/attempts/attempt-log.ts'
import { recordRefusedKey } from '../graphql/record-refused-key.ts'
import type { Health } from '../observability/health.ts'
import type { Log } from '../observability/log.ts'
import { clientAddress } from './client-address.ts'
import { networkOf } from './network-of.ts'
import { keyNeeded, unavailable, uncheckableKey } from './refusals.ts'
import type { ErrorResponse } from './respond.ts'

/** The sender of a request, identified by its headers. */
export interface Sender {
  /** `NotAuthenticated` only if there is no key. */
  readonly authentication: Viewer | NotAuthenticated
  /** Whether the database could not be read, so that the sender may do only what works without it. */
  readonly isOffline: boolean
}

/** What keys are checked with. */
export interface KeyChecks {
  readonly authenticator: Authenticator
  /** Records keys that are refused. */
  readonly attempts?: AttemptLog
  readonly health: Pick<Health, 'unavailable'>
  readonly log: Log
}

/** A request and how to identify its sender. */
export interface RequestToIdentify {
  readonly request: IncomingMessage
  readonly requestId: string
  /** Whether not to ask the database: only keys that it has read before are known. */
  readonly offline: boolean
}

/**
 * Identifies the sender of a request before its body is read, or returns the error to respond with. Not async, because every
 * request waits here, and each async function costs as much as a small execution.
 */
export function identifySender(
  { authenticator, attempts, health, log }: KeyChecks,
  toIdentify: RequestToIdentify,
): Promise<Sender | ErrorResponse> | Sender | ErrorResponse {
  const { request, requestId, offline } = toIdentify
  const { authorization = null } = request.headers
  if (offline) return identifyOffline(authenticator, authorization) ?? unavailable(health.unavailable())
  return authenticator.authenticate(authorization, networkOf(clientAddress(request))).then(
    authentication => {
      if (!(authentication instanceof NotAuthenticated) || authentication.reason === 'missing') return { authentication, isOffline: false }
      recordRefused(attempts, authentication, toIdentify)
      return keyNeeded(authentication)
    },
    (error: unknown) => {
      const known = isDatabaseUnavailable(error) ? identifyOffline(authenticator, authorization) : undefined
      if (known !== undefined) return known
      recordRefused(attempts, error, toIdentify)
      if (!(error instanceof TooManyAttempts)) log.error({ err: error, requestId }, 'A request could not be authenticated.')
      return uncheckableKey(error)
    },
  )
}

function recordRefused(attempts: AttemptLog | undefined, refusal: unknown, { request, requestId }: RequestToIdentify): void {
  if (attempts === undefined) return
  const { authorization = null, 'user-agent': userAgent } = request.headers
  recordRefusedKey(attempts, refusal, { authorization, requestId, address: clientAddress(request), userAgent })
}

function identifyOffline(authenticator: Authenticator, authorization: string | null): Sender | undefined {
  const viewer = authenticator.authenticateOffline(authorization)
  return viewer && { authentication: viewer, isOffline: true }
}
