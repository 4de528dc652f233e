import type { PageRequest, Scope, Temporal } from '@tollgate/kernel'
import type { NotificationType } from './model/notification.ts'
import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from './model/webhook-delivery.ts'
import type { WebhookEndpoint } from './model/webhook-endpoint.ts'

/** Stores endpoints, deliveries, and how far each source was dispatched. Any number of servers may share one store. */
export interface WebhookStore {
  /** Adds an endpoint. Returns false if its owner has `max` endpoints already. */
  addEndpoint(endpoint: WebhookEndpoint, options: { readonly secret: string; readonly max: number }): Promise<boolean>
  /** Replaces what can change of an endpoint. Returns undefined if the scope has no such endpoint. */
  changeEndpoint(scope: Scope, id: string, change: (endpoint: WebhookEndpoint) => WebhookEndpoint): Promise<WebhookEndpoint | undefined>
  /** Replaces the secret. The current one stays valid until `oldUntil`; an older one is dropped. */
  changeSecret(scope: Scope, id: string, change: { readonly secret: string; readonly oldUntil: Temporal.Instant }): Promise<WebhookEndpoint | undefined>
  /** Deletes an endpoint with its deliveries. Returns false if the scope has no such endpoint. */
  deleteEndpoint(scope: Scope, id: string): Promise<boolean>
  /** Returns endpoints, newest first. */
  endpoints(scope: Scope, page: PageRequest): Promise<readonly WebhookEndpoint[]>
  /** Returns the endpoints with these ids that the scope sees, in no particular order. */
  endpointsByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookEndpoint[]>

  /** Returns deliveries of an endpoint, newest first. */
  deliveries(scope: Scope, query: DeliveriesQuery): Promise<readonly WebhookDelivery[]>
  /** Returns the deliveries with these ids that the scope sees, in no particular order. */
  deliveriesByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookDelivery[]>
  /** Returns the last attempts of each delivery, latest first, in the order of the ids. */
  attempts(scope: Scope, deliveryIds: readonly string[], first: number): Promise<readonly (readonly WebhookAttempt[])[]>

  /** Returns the cursor of the last notification of a source that was dispatched, or undefined. */
  position(source: string): Promise<string | undefined>
  /**
   * Creates a delivery for each notification and each endpoint that receives it, schedules their attempts, and moves the
   * position, in one transaction. An endpoint receives a notification if it is enabled, wants the type, belongs to the
   * tenant or to an operator, and was created before the notification occurred. Returns the number of deliveries, or
   * undefined without any change if the position is not `from`, because another server was faster.
   */
  fanOut(batch: NotificationBatch): Promise<number | undefined>
  /** Creates one delivery and schedules its attempt. */
  addDelivery(delivery: NewDelivery): Promise<WebhookDelivery>

  /** Returns what is needed to send a pending delivery. Undefined if it is not pending. */
  pendingDelivery(deliveryId: string): Promise<PendingDelivery | undefined>
  /**
   * Records an attempt, its effect on the delivery and the endpoint, and schedules the next attempt. Returns false
   * without any change if the attempt was recorded before, or the delivery is not pending.
   */
  recordAttempt(result: AttemptResult): Promise<boolean>
  /** Fails a pending delivery without an attempt. */
  failDelivery(deliveryId: string, reason: { readonly failure: string; readonly at: Temporal.Instant }): Promise<void>
  /** Makes deliveries pending, with an attempt now and a new round of retries. A range selects failed deliveries, oldest first. */
  redeliver(scope: Scope, query: RedeliverQuery): Promise<readonly WebhookDelivery[]>
  /** Deletes some deliveries that were created before a time, with their attempts. Returns how many; 0 means that none are left. */
  deleteDeliveries(before: Temporal.Instant): Promise<number>
}

/** Which deliveries to return. */
export interface DeliveriesQuery extends PageRequest {
  readonly endpointId: string
  readonly state?: WebhookDeliveryState | undefined
}

/** Notifications of a source to dispatch. */
export interface NotificationBatch {
  readonly source: string
  /** Position before the batch. Undefined for a source that was never dispatched. */
  readonly from: string | undefined
  /** Position after the batch. */
  readonly to: string
  readonly notifications: readonly OutgoingNotification[]
  readonly at: Temporal.Instant
  readonly newId: () => string
}

/** A notification with its serialized body. */
export interface OutgoingNotification {
  readonly id: string
  readonly type: NotificationType
  readonly tenantId: string | null
  readonly occurredAt: Temporal.Instant
  readonly payload: string
}

/** A delivery to create. */
export interface NewDelivery {
  readonly id: string
  readonly endpointId: string
  readonly tenantId: string | null
  /** Unique for each endpoint. */
  readonly notificationId: string
  readonly type: string
  readonly payload: string
  readonly at: Temporal.Instant
}

/** A pending delivery with its endpoint and the secrets to sign with. */
export interface PendingDelivery {
  readonly delivery: WebhookDelivery
  readonly endpoint: WebhookEndpoint
  readonly secret: string
  readonly oldSecret: { readonly secret: string; readonly until: Temporal.Instant } | null
}

/** An attempt and its consequences. */
export interface AttemptResult {
  readonly deliveryId: string
  readonly attempt: WebhookAttempt
  readonly state: WebhookDeliveryState
  readonly failure: string | null
  /** Delay until the next attempt. Null if there is none. */
  readonly retryAfterMs: number | null
  /** Disables the endpoint for this reason. Null leaves it as it is. */
  readonly disable: string | null
}

/** Which deliveries to send again: one of them, or failed ones of an endpoint that were created in a half-open range. */
export type RedeliverQuery =
  | { readonly deliveryId: string; readonly at: Temporal.Instant }
  | { readonly endpointId: string; readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly max: number; readonly at: Temporal.Instant }
