import { DomainError } from '@tollgate/kernel'
import type { ApiKey } from './api-key.ts'

/** Why a request could not be authenticated. `missing` means that it has no key at all. */
export type AuthenticationFailure = 'missing' | 'malformed' | 'unknown' | 'expired' | 'revoked' | TokenFailure | SessionFailure | SignInFailure

type TokenFailure = 'token-unknown' | 'token-expired' | 'token-revoked'

type SessionFailure = 'session-unknown' | 'session-expired' | 'session-revoked'

/** Why a sign-in code cannot be used. */
export type SignInFailure = 'sign-in-code-unknown' | 'sign-in-code-used' | 'sign-in-code-expired'

const MESSAGES: Record<AuthenticationFailure, string> = {
  missing: 'An API key is required: send the header "Authorization: Bearer <key>".',
  malformed: 'The Authorization header is malformed; send "Authorization: Bearer <key>".',
  unknown: 'The API key is unknown; check that it was copied in full.',
  expired: 'The API key has expired; ask an operator for a new one.',
  revoked: 'The API key was revoked; ask an operator for a new one.',
  'token-unknown': 'The access token is not valid; get a new one from your backend.',
  'token-expired': 'The access token has expired; get a new one from your backend.',
  'token-revoked': 'The API key that made the access token is not valid any more; get a new token from your backend.',
  'session-unknown': 'The session is not valid; sign in again.',
  'session-expired': 'The session has expired; sign in again.',
  'session-revoked': 'The API key of the session was revoked, replaced or has expired; sign in again with a valid key.',
  'sign-in-code-unknown':
    'The sign-in link is unknown; the server may have been restarted. Get a new one with "tollgate sign-in-link", or sign in with an API key.',
  'sign-in-code-used': 'The sign-in link was already used. Get a new one with "tollgate sign-in-link", or sign in with an API key.',
  'sign-in-code-expired': 'The sign-in link has expired. Get a new one with "tollgate sign-in-link", or sign in with an API key.',
}

/** The request has no valid API key. */
export class NotAuthenticated extends DomainError<'UNAUTHENTICATED'> {
  readonly reason: AuthenticationFailure
  /** The key, if it is known but no longer valid. */
  readonly key: Pick<ApiKey, 'id' | 'tenantId'> | undefined

  constructor(reason: AuthenticationFailure, key?: Pick<ApiKey, 'id' | 'tenantId'>) {
    super('UNAUTHENTICATED', MESSAGES[reason])
    this.reason = reason
    this.key = key && { id: key.id, tenantId: key.tenantId }
  }
}
