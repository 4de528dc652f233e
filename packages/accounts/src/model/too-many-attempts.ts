import { DomainError } from '@tollgate/kernel'

/** An address sent too many keys that do not exist. */
export class TooManyAttempts extends DomainError<'TOO_MANY_REQUESTS'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('TOO_MANY_REQUESTS', 'Your address sent too many unknown API keys. Check the key, and try again in a few seconds.')
    this.retryAfterMs = retryAfterMs
  }
}
