import type { Temporal } from '@tollgate/kernel'

/** Every type of notification. */
export const NOTIFICATION_TYPES = [
  'quota.threshold_reached',
  'alert.raised',
  'alert.recovered',
  'credits.low_balance',
  'credits.exhausted',
  'credits.expiring_soon',
  'credits.top_up_requested',
  'credits.top_up_failed',
  'invoice.finalized',
  'invoice.sent',
  'invoice.partially_paid',
  'invoice.paid',
  'invoice.payment_reversed',
  'invoice.overdue',
  'invoice.reminder_sent',
  'invoice.late_fee_added',
  'invoice.uncollectible',
  'invoice.voided',
  'credit_note.issued',
  'audit.checkpoint',
] as const

/** Type of a notification, as the body of a webhook names it. */
export type NotificationType = (typeof NOTIFICATION_TYPES)[number]

/** Something that happened, to be delivered to webhook endpoints. Never changes. */
export interface Notification {
  /** Identifies what happened: the same however often it is read. */
  readonly id: string
  /** Position in its source. */
  readonly cursor: string
  readonly type: NotificationType
  /** Null for notifications that only operators receive. */
  readonly tenantId: string | null
  readonly occurredAt: Temporal.Instant
  /** Sent as JSON. Decimals and instants are strings. */
  readonly data: Readonly<Record<string, unknown>>
}
