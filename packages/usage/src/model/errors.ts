import { DomainError } from '@tollgate/kernel'

/** The queue of events is full, or the store is busy. The call recorded nothing; it can be retried after `retryAfterMs`. */
export class Overloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number, options?: ErrorOptions) {
    super('OVERLOADED', `Too many events are waiting. No event of this call was recorded; retry in ${retryAfterMs} ms.`, options)
    this.retryAfterMs = retryAfterMs
  }
}

/** The store cannot be reached or is shutting down. The events may or may not have been recorded: retry them with the same idempotency keys. */
export class StoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'The database is unavailable, and the events may not have been recorded. Retry with the same idempotency keys.', options)
  }
}

/** Metering was stopped. The call recorded nothing. */
export class UsageStopped extends DomainError<'USAGE_STOPPED'> {
  constructor() {
    super('USAGE_STOPPED', 'The server is shutting down and accepts no more events. Retry with the same idempotency keys.')
  }
}
