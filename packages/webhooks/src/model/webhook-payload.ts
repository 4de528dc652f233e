import type { Temporal } from '@tollgate/kernel'
import type { Notification } from './notification.ts'

/** Type of a test message. */
export const TEST_TYPE = 'webhook.test'

/** Serializes the body for a notification. `cursor` orders notifications of one source. */
export function notificationPayload({ id, cursor, type, tenantId, occurredAt, data }: Notification): string {
  return payload(type, occurredAt, { noticeId: id, cursor, tenantId, ...data })
}

/** Serializes the body of a test message. */
export function testPayload(endpointId: string, at: Temporal.Instant): string {
  return payload(TEST_TYPE, at, { endpointId, message: 'This is a test of the webhook endpoint. Nothing happened.' })
}

function payload(type: string, at: Temporal.Instant, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: at.toString(), data })
}
