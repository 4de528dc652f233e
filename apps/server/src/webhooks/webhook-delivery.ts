import type { Temporal } from '@tollgate/kernel'

/** Waits for its first or next attempt; was taken by the receiver; was given up, which makes it a dead letter. */
export type WebhookDeliveryState = 'PENDING' | 'DELIVERED' | 'FAILED'

/** One notice for one endpoint. */
export interface WebhookDelivery {
  readonly id: string
  readonly endpointId: string
  readonly tenantId: string | null
  /** A type of notice, or `webhook.test`. */
  readonly type: string
  /** The body, byte for byte the same at every attempt. */
  readonly payload: string
  readonly state: WebhookDeliveryState
  /** Why it was given up. */
  readonly failure: string | null
  /** How often it was sent in all. */
  readonly attempts: number
  /** How often it was sent since it was made, or redelivered by hand. */
  readonly tries: number
  readonly createdAt: Temporal.Instant
  /** Null where nothing more is to come. */
  readonly nextAttemptAt: Temporal.Instant | null
  /** When it was delivered, or given up. */
  readonly settledAt: Temporal.Instant | null
}

/** What came of one attempt. */
export interface WebhookAttempt {
  /** From 1. */
  readonly number: number
  readonly at: Temporal.Instant
  /** What the receiver answered; null where it did not. */
  readonly statusCode: number | null
  /** Why it was no success. */
  readonly error: string | null
  readonly durationMs: number
}
