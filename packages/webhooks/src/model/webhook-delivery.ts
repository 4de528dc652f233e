import type { Temporal } from '@tollgate/kernel'

/** `PENDING`: an attempt is scheduled. `DELIVERED`: the receiver accepted it. `FAILED`: no more attempts; it can be redelivered. */
export type WebhookDeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED'

/** One notification for one endpoint. */
export interface WebhookDelivery {
  readonly id: string
  readonly endpointId: string
  readonly tenantId: string | null
  /** A notification type, or "webhook.test". */
  readonly type: string
  /** The body: the same bytes at every attempt. */
  readonly payload: string
  readonly state: WebhookDeliveryState
  /** Why there are no more attempts. Null unless the delivery failed. */
  readonly failure: string | null
  /** Attempts in total. */
  readonly attemptCount: number
  /** Attempts since the delivery was created or last redelivered. The retry schedule counts these. */
  readonly roundAttemptCount: number
  readonly createdAt: Temporal.Instant
  /** Null if no attempt is scheduled. */
  readonly nextAttemptAt: Temporal.Instant | null
  /** When the delivery was delivered or failed. */
  readonly settledAt: Temporal.Instant | null
}

/** One request to an endpoint, and its result. */
export interface WebhookAttempt {
  /** Counts from 1. */
  readonly number: number
  readonly at: Temporal.Instant
  /** Status of the response. Null if there was none. */
  readonly statusCode: number | null
  /** Why the attempt failed. Null if it succeeded. */
  readonly error: string | null
  readonly durationMs: number
}
