import type { Scope, Temporal } from '@tollgate/kernel'
import type { WebhookAttempt, WebhookDelivery } from './webhook-delivery.ts'
import type { WebhookEndpoint, WebhookEndpointChange, WebhookEndpointDraft } from './webhook-endpoint.ts'
import type { DeliveriesQuery, Page } from './webhook-store.ts'

/** Tells receivers of notices, over HTTP, at least once each. */
export interface Webhooks {
  /** The channels that tell of something to take over. */
  readonly channels: readonly string[]
  /** Makes an endpoint, which hears what happens from now on. The secret is shown this once. Throws `InvalidInput` and `TooManyWebhookEndpoints`. */
  createEndpoint(draft: WebhookEndpointDraft): Promise<EndpointWithSecret>
  /** Throws `InvalidInput` and `NotFound`. Switched on again, it hears what happens from then on; what was given up meanwhile can be redelivered. */
  updateEndpoint(scope: Scope, id: string, change: WebhookEndpointChange): Promise<WebhookEndpoint>
  /** Makes a new secret. The old one signs too for a day, so that receivers have time to learn the new one. Throws `NotFound`. */
  rotateSecret(scope: Scope, id: string): Promise<EndpointWithSecret>
  /** With all its deliveries. Throws `NotFound`. */
  deleteEndpoint(scope: Scope, id: string): Promise<void>
  /** The newest first. */
  endpoints(scope: Scope, page: Page): Promise<{ readonly endpoints: readonly WebhookEndpoint[]; readonly hasMore: boolean }>
  endpointsByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookEndpoint[]>

  /** The newest first. Throws `NotFound` where there is no such endpoint in the scope. */
  deliveries(scope: Scope, query: DeliveriesQuery): Promise<{ readonly deliveries: readonly WebhookDelivery[]; readonly hasMore: boolean }>
  deliveriesByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookDelivery[]>
  /** The last attempts of each delivery, the latest first, in the order of the ids. */
  attempts(scope: Scope, deliveryIds: readonly string[]): Promise<readonly (readonly WebhookAttempt[])[]>

  /** Sends again, now, with the same id and body, whatever became of it before. Throws `NotFound` and `WebhookEndpointDisabled`. */
  redeliver(scope: Scope, deliveryId: string): Promise<WebhookDelivery>
  /** Sends again what was made in the range and given up, at most 1,000, the oldest first; answers how many. Throws as `redeliver`, and `InvalidInput`. */
  redeliverFailed(scope: Scope, range: { readonly endpointId: string; readonly from: Temporal.Instant; readonly to: Temporal.Instant }): Promise<number>
  /** Sends a message of the type "webhook.test". Throws `NotFound` and `WebhookEndpointDisabled`. */
  sendTest(scope: Scope, endpointId: string): Promise<WebhookDelivery>

  /** Takes over what is new of every source: each notice once, by one of many servers. Answers how many deliveries were made. */
  dispatch(): Promise<number>
  /** Makes one attempt, where it is still to be made. */
  attempt(request: { readonly deliveryId: string; readonly attempt: number }, signal: AbortSignal): Promise<void>
  /** Forgets deliveries of more than 30 days ago; answers how many. */
  forgetOld(): Promise<number>
}

/** An endpoint, and what its messages are signed with. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint
  readonly secret: string
}
