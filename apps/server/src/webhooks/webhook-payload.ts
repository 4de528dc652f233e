import type { Temporal } from '@tollgate/kernel'
import type { Notice } from '../notices/notice.ts'

/** What a test is of. */
export const TEST_TYPE = 'webhook.test'

/** The body that tells of a notice. The order of cursors, of one type, is the order in which things became known. */
export function noticePayload({ id, cursor, type, tenantId, occurredAt, data }: Notice): string {
  return payload(type, occurredAt, { noticeId: id, cursor, tenantId, ...data })
}

/** The body of a test. */
export function testPayload(endpointId: string, at: Temporal.Instant): string {
  return payload(TEST_TYPE, at, { endpointId, message: 'This is a test of the webhook endpoint. Nothing happened.' })
}

function payload(type: string, at: Temporal.Instant, data: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ type, timestamp: at.toString(), data })
}
