import type { Scope, Temporal } from '@tollgate/kernel'
import type { NoticeType } from '../notices/notice.ts'
import type { WebhookAttempt, WebhookDelivery, WebhookDeliveryState } from './webhook-delivery.ts'
import type { WebhookEndpoint } from './webhook-endpoint.ts'

/** Keeps endpoints, what is to be delivered to them, and how far notices were taken over. Any number of servers may use one. */
export interface WebhookStore {
  /** False where its owner has so many endpoints already. */
  addEndpoint(endpoint: WebhookEndpoint, limits: { readonly secret: string; readonly most: number }): Promise<boolean>
  /** Replaces what can change. Undefined where there is none in the scope. */
  changeEndpoint(scope: Scope, id: string, change: (endpoint: WebhookEndpoint) => WebhookEndpoint): Promise<WebhookEndpoint | undefined>
  /** The secret of until now signs too, until `oldUntil`; one from before that does no more. */
  changeSecret(scope: Scope, id: string, change: { readonly secret: string; readonly oldUntil: Temporal.Instant }): Promise<WebhookEndpoint | undefined>
  /** With its deliveries. */
  deleteEndpoint(scope: Scope, id: string): Promise<boolean>
  /** The newest first. */
  endpoints(scope: Scope, page: Page): Promise<readonly WebhookEndpoint[]>
  endpointsByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookEndpoint[]>

  /** The newest first. */
  deliveries(scope: Scope, query: DeliveriesQuery): Promise<readonly WebhookDelivery[]>
  deliveriesByIds(scope: Scope, ids: readonly string[]): Promise<readonly WebhookDelivery[]>
  /** Of each delivery, in the order of the ids: the last attempts, the latest first. */
  attempts(scope: Scope, deliveryIds: readonly string[], first: number): Promise<readonly (readonly WebhookAttempt[])[]>

  /** The cursor of the last notice that was taken over; undefined before the first. */
  position(source: string): Promise<string | undefined>
  /**
   * Makes a delivery, with its job, for each notice and each endpoint that is to be told of it, and moves the position:
   * all or nothing. Undefined, and nothing was done, where the position is not `from`: another server was faster.
   */
  fanOut(batch: FanOut): Promise<number | undefined>
  /** Makes one delivery, with its job. */
  addDelivery(delivery: NewDelivery): Promise<WebhookDelivery>

  /** What is needed to send, where the delivery is still to be sent. */
  sendable(deliveryId: string): Promise<Sendable | undefined>
  /** What came of an attempt, with the job of the next one. Answers false, and nothing was kept, where that attempt was recorded before. */
  record(result: AttemptResult): Promise<boolean>
  /** Gives a delivery up without an attempt. */
  giveUp(deliveryId: string, reason: { readonly failure: string; readonly at: Temporal.Instant }): Promise<void>
  /** Makes deliveries due now, with a fresh schedule. Of a range of creation times: those that were given up, the oldest first. */
  redeliver(scope: Scope, which: RedeliverQuery): Promise<readonly WebhookDelivery[]>
  /** Forgets deliveries made before; answers how many. */
  forget(before: Temporal.Instant): Promise<number>
}

/** A page of a list. */
export interface Page {
  readonly first: number
  /** The id of the last item of the page before. */
  readonly after?: string | undefined
}

/** A page of deliveries. */
export interface DeliveriesQuery extends Page {
  readonly endpointId: string
  readonly state?: WebhookDeliveryState | undefined
}

/** Notices to be taken over, with the position before and after them. */
export interface FanOut {
  readonly source: string
  readonly from: string | undefined
  readonly to: string
  readonly notices: readonly NoticeToTell[]
  readonly at: Temporal.Instant
  readonly newId: () => string
}

/** A notice, ready to be sent. */
export interface NoticeToTell {
  readonly id: string
  readonly type: NoticeType
  readonly tenantId: string | null
  readonly occurredAt: Temporal.Instant
  readonly payload: string
}

/** A delivery to be made. */
export interface NewDelivery {
  readonly id: string
  readonly endpointId: string
  readonly tenantId: string | null
  /** No endpoint is told twice of one notice. */
  readonly noticeId: string
  readonly type: string
  readonly payload: string
  readonly at: Temporal.Instant
}

/** A delivery, where to, and what to sign with. */
export interface Sendable {
  readonly delivery: WebhookDelivery
  readonly endpoint: WebhookEndpoint
  readonly secret: string
  readonly oldSecret: { readonly secret: string; readonly until: Temporal.Instant } | null
}

/** What came of an attempt, and what becomes of the delivery and the endpoint. */
export interface AttemptResult {
  readonly deliveryId: string
  readonly attempt: WebhookAttempt
  readonly state: WebhookDeliveryState
  readonly failure: string | null
  /** Until the next attempt; null where there is none. */
  readonly pauseMs: number | null
  /** Switches the endpoint off, for this reason. */
  readonly disable: string | null
}

/** Which deliveries to send again. */
export type RedeliverQuery =
  | { readonly deliveryId: string; readonly at: Temporal.Instant }
  | { readonly endpointId: string; readonly from: Temporal.Instant; readonly to: Temporal.Instant; readonly most: number; readonly at: Temporal.Instant }
