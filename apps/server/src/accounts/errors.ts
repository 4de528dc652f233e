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

/** The viewer is known, and may not do this. */
export class Forbidden extends DomainError<'FORBIDDEN'> {
  constructor(message: string) {
    super('FORBIDDEN', message)
  }
}

/** Nothing of that kind has this id, as far as the viewer can see. */
export class NotFound extends DomainError<'NOT_FOUND'> {
  /** What was looked for: "tenant". */
  readonly resource: string
  readonly id: string

  constructor(resource: string, id: string) {
    super('NOT_FOUND', `There is no ${resource} "${id}".`)
    this.resource = resource
    this.id = id
  }
}

/** Something of that kind has this id already. */
export class AlreadyExists extends DomainError<'ALREADY_EXISTS'> {
  readonly resource: string
  readonly id: string

  constructor(resource: string, id: string) {
    super('ALREADY_EXISTS', `There is a ${resource} "${id}" already.`)
    this.resource = resource
    this.id = id
  }
}
