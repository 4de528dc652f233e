import type { Temporal } from '@tollgate/kernel'
import type { NotificationType } from './notification.ts'

/** A URL that receives notifications. */
export interface WebhookEndpoint {
  readonly id: string
  /** The tenant that owns the endpoint and whose notifications it receives. Null for an operator's endpoint, which receives all notifications. */
  readonly tenantId: string | null
  readonly url: string
  /** Types that the endpoint receives. Null for all types, including future ones. */
  readonly types: readonly NotificationType[] | null
  readonly description: string | null
  readonly enabled: boolean
  /** Why the endpoint was disabled automatically. Null otherwise. */
  readonly disabledReason: string | null
  readonly createdAt: Temporal.Instant
  /** Time of the first failure since the last success. Null if the last attempt succeeded or there was none. */
  readonly failingSince: Temporal.Instant | null
}

/** A webhook endpoint to create. */
export interface WebhookEndpointDraft {
  readonly tenantId: string | null
  readonly url: string
  readonly types?: readonly NotificationType[] | null | undefined
  readonly description?: string | null | undefined
}

/** A change to a webhook endpoint. Omitted fields stay as they are. */
export interface WebhookEndpointChange {
  readonly url?: string | undefined
  readonly types?: readonly NotificationType[] | null | undefined
  readonly description?: string | null | undefined
  readonly enabled?: boolean | undefined
}
