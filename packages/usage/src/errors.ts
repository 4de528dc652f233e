import { DomainError } from '@tollgate/kernel'

/** The queue of events is full. Nothing of the call was taken; the same call may be made again after `retryAfterMs`. */
export class Overloaded extends DomainError<'OVERLOADED'> {
  readonly retryAfterMs: number

  constructor(retryAfterMs: number) {
    super('OVERLOADED', `More events are coming in than can be recorded. Nothing of this call was taken; send it again in ${retryAfterMs} ms.`)
    this.retryAfterMs = retryAfterMs
  }
}

/** The store cannot be reached or is shutting down. Whether the events were recorded is unknown: their keys tell, when they are sent again. */
export class StoreUnavailable extends DomainError<'STORE_UNAVAILABLE'> {
  constructor(options?: ErrorOptions) {
    super('STORE_UNAVAILABLE', 'The events could not be recorded: the database does not answer. Send them again, with the same idempotency keys.', options)
  }
}

/** Metering was stopped. Nothing of the call was taken. */
export class UsageStopped extends DomainError<'USAGE_STOPPED'> {
  constructor() {
    super('USAGE_STOPPED', 'The server is stopping and takes no more events. Send them again, with the same idempotency keys.')
  }
}
