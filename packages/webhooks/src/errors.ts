import { DomainError } from '@tollgate/kernel'

/** The owner has the maximum number of webhook endpoints. */
export class TooManyWebhookEndpoints extends DomainError<'TOO_MANY_WEBHOOK_ENDPOINTS'> {
  readonly limit: number

  constructor(limit: number) {
    super('TOO_MANY_WEBHOOK_ENDPOINTS', `There are already ${limit} webhook endpoints, the maximum. Delete one first.`)
    this.limit = limit
  }
}

/** Nothing can be sent to a disabled webhook endpoint. */
export class WebhookEndpointDisabled extends DomainError<'WEBHOOK_ENDPOINT_DISABLED'> {
  readonly endpointId: string

  constructor(endpointId: string, reason: string | null) {
    super('WEBHOOK_ENDPOINT_DISABLED', `The webhook endpoint is disabled${reason === null ? '.' : `: ${reason}`} Enable it first with updateWebhookEndpoint.`)
    this.endpointId = endpointId
  }
}
