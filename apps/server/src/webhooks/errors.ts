import { DomainError } from '@tollgate/kernel'

/** There are as many endpoints as there may be. */
export class TooManyWebhookEndpoints extends DomainError<'TOO_MANY_WEBHOOK_ENDPOINTS'> {
  readonly most: number

  constructor(most: number) {
    super('TOO_MANY_WEBHOOK_ENDPOINTS', `There are ${most} webhook endpoints already, which is the most. Delete one that is not needed any more.`)
    this.most = most
  }
}

/** The endpoint is switched off, so that nothing can be sent to it. */
export class WebhookEndpointDisabled extends DomainError<'WEBHOOK_ENDPOINT_DISABLED'> {
  readonly endpointId: string

  constructor(endpointId: string, reason: string | null) {
    super(
      'WEBHOOK_ENDPOINT_DISABLED',
      `The webhook endpoint is switched off${reason === null ? '' : `: ${reason}`} Switch it on first (updateWebhookEndpoint).`.replace(
        'off Switch',
        'off. Switch',
      ),
    )
    this.endpointId = endpointId
  }
}
