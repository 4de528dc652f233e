import { DomainError } from '@tollgate/kernel'

/** More is followed at once than may be. */
export class TooManySubscriptions extends DomainError<'TOO_MANY_SUBSCRIPTIONS'> {
  constructor(what: string, max: number) {
    super('TOO_MANY_SUBSCRIPTIONS', `There are ${max} subscriptions ${what} already, which is the most. End one of them first.`)
  }
}

/** Over HTTP there is one way to send a result after another. */
export class EventStreamNeeded extends DomainError<'NOT_ACCEPTABLE'> {
  constructor() {
    super('NOT_ACCEPTABLE', 'A subscription is answered with Server-Sent Events: send the header "Accept: text/event-stream", or subscribe over a WebSocket.')
  }
}

/** The server stops; another one, or this one in a moment, goes on. */
export class ServerStopping extends DomainError<'STOPPING'> {
  constructor() {
    super('STOPPING', 'The server is stopping. Subscribe again in a moment, where there is a cursor with `after` set to the last one.')
  }
}

/** The client does not take what it subscribed to. */
export class SubscriberTooSlow extends DomainError<'TOO_SLOW'> {
  constructor(seconds: number) {
    super(
      'TOO_SLOW',
      `The subscription was ended because nothing was read from it for ${seconds} seconds. Subscribe again, where there is a cursor with \`after\` set to the last one.`,
    )
  }
}
