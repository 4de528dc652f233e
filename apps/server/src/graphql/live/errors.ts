import { DomainError } from '@tollgate/kernel'

/** The maximum number of subscriptions is open. */
export class TooManySubscriptions extends DomainError<'TOO_MANY_SUBSCRIPTIONS'> {
  constructor(what: string, max: number) {
    super('TOO_MANY_SUBSCRIPTIONS', `There are already ${max} subscriptions ${what}, which is the maximum. End one of them first.`)
  }
}

/** Over HTTP, subscriptions are served as Server-Sent Events only. */
export class EventStreamNeeded extends DomainError<'NOT_ACCEPTABLE'> {
  constructor() {
    super('NOT_ACCEPTABLE', 'Subscriptions are served as Server-Sent Events: send the header "Accept: text/event-stream", or subscribe over a WebSocket.')
  }
}

/** The server is stopping. The subscription can be resumed on another server, or on this one after its restart. */
export class ServerStopping extends DomainError<'STOPPING'> {
  constructor() {
    super('STOPPING', 'The server is stopping. Subscribe again in a moment; if the subscription has cursors, pass the last one as `after`.')
  }
}

/** The client does not read from its subscription. */
export class SubscriberTooSlow extends DomainError<'TOO_SLOW'> {
  constructor(seconds: number) {
    super('TOO_SLOW', `Nothing was read from the subscription for ${seconds} seconds.`)
  }
}
