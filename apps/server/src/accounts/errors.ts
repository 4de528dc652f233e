import { DomainError } from '@tollgate/kernel'

/** Why a request has no viewer. `missing` is no key at all; whoever has a key that was once good is told what ended it. */
export type AuthenticationFailure = 'missing' | 'malformed' | 'unknown' | 'expired' | 'revoked'

const FAILURES: Record<AuthenticationFailure, string> = {
  missing: 'An API key is needed: send the header "Authorization: Bearer <key>".',
  malformed: 'The Authorization header cannot be read; send "Authorization: Bearer <key>".',
  unknown: 'The API key is not known.',
  expired: 'The API key has expired; ask an operator for a new one.',
  revoked: 'The API key was revoked; ask an operator for a new one.',
}

/** The request does not say who it comes from, or not credibly. */
export class NotAuthenticated extends DomainError<'UNAUTHENTICATED'> {
  readonly reason: AuthenticationFailure

  constructor(reason: AuthenticationFailure) {
    super('UNAUTHENTICATED', FAILURES[reason])
    this.reason = reason
  }
}
