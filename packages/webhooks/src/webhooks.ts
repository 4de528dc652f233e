import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { Notification } from './model/notification.ts'
import type { WebhookAttempt, WebhookDelivery } from './model/webhook-delivery.ts'
import type { WebhookEndpoint, WebhookEndpointChange, WebhookEndpointDraft } from './model/webhook-endpoint.ts'
import type { DeliveriesQuery } from './webhook-store.ts'

/** Delivers notifications to webhook endpoints, each at least once. */
export interface Webhooks {
  /** Channels that are notified when there is something to dispatch. */
  readonly channels: readonly string[]
  /** Creates an endpoint, which receives notifications from now on. The secret is returned only here. Throws `InvalidInput` and `TooManyWebhookEndpoints`. */
  createEndpoint(draft: WebhookEndpointDraft): Promise<EndpointWithSecret>
  /** Changes, enables or disables an endpoint. It does not receive notifications from while it was disabled. Throws `InvalidInput` and `NotFound`. */
  updateEndpoint(scope: Scope, id: string, change: WebhookEndpointChange): Promise<WebhookEndpoint>
  /** Replaces the secret. Messages are signed with the old one as well for 24 hours. Throws `NotFound`. */
  rotateSecret(scope: Scope, id: string): Promise<EndpointWithSecret>
  /** Deletes an endpoint with all its deliveries. Throws `NotFound`. */
  deleteEndpoint(scope: Scope, id: string): Promise<void>
  /** Returns endpoints, newest first. Throws `InvalidInput` for the page. */
  endpoints(scope: Scope, page: PageRequest): Promise<Page<WebhookEndpoint>>
  endpointsByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookEndpoint[]>

  /** Returns deliveries of an endpoint, newest first. Throws `NotFound`, and `InvalidInput` for the page. */
  deliveries(scope: Scope, query: DeliveriesQuery): Promise<Page<WebhookDelivery>>
  deliveriesByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookDelivery[]>
  /** Returns the last 25 attempts of each delivery, latest first, in the order of the ids. */
  attempts(scope: Scope, deliveryIds: readonly string[]): Promise<readonly (readonly WebhookAttempt[])[]>

  /** Sends a delivery again now, in any state, with the same id and body. Throws `NotFound` and `WebhookEndpointDisabled`. */
  redeliver(scope: Scope, deliveryId: string): Promise<WebhookDelivery>
  /** Sends up to 1,000 failed deliveries of a range again, oldest first, and returns how many. Throws like `redeliver`, and `InvalidInput`. */
  redeliverFailed(scope: Scope, range: FailedDeliveries): Promise<number>
  /** Sends a message of type "webhook.test". Throws `NotFound` and `WebhookEndpointDisabled`. */
  sendTest(scope: Scope, endpointId: string): Promise<WebhookDelivery>

  /** Creates deliveries for new notifications, each once, by one of any number of servers. Defaults to those of all channels. Returns how many. */
  dispatch(channels?: ReadonlySet<string>): Promise<number>
  /**
   * Creates deliveries for notifications of a sequence that no source lists, oldest first. Does nothing if the last one was
   * published before, so a call can be repeated. `sequence` names the stored position. Returns the number of deliveries.
   */
  publish(sequence: string, notifications: readonly Notification[]): Promise<number>
  /** Makes one attempt, unless it was made already or is no longer due. */
  attempt(request: { readonly deliveryId: string; readonly attempt: number }, signal: AbortSignal): Promise<void>
  /** Deletes deliveries older than 30 days, and returns how many. */
  deleteOldDeliveries(): Promise<number>
}

/** Failed deliveries of an endpoint to send again. */
export interface FailedDeliveries {
  readonly endpointId: string
  readonly from: TimeInput
  readonly to: TimeInput
}

/** An endpoint with the secret that its messages are signed with. */
export interface EndpointWithSecret {
  readonly endpoint: WebhookEndpoint
  readonly secret: string
}
