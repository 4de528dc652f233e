import { wordOf } from '../../ui/format.ts'
import type { EndpointsQuery } from './webhooks.operations.ts'

export type WebhookType = NonNullable<EndpointsQuery['webhookEndpoints']['nodes'][number]['types']>[number]

/** The types of notifications, in the order in which they are offered. */
const TYPES: Readonly<Record<WebhookType, string>> = {
  QUOTA_THRESHOLD_REACHED: 'Quota: a threshold is reached',
  ALERT_RAISED: 'Alert: raised',
  ALERT_RECOVERED: 'Alert: recovered',
  CREDITS_LOW_BALANCE: 'Credits: the balance is low',
  CREDITS_EXHAUSTED: 'Credits: exhausted',
  CREDITS_EXPIRING_SOON: 'Credits: some expire soon',
  CREDITS_TOP_UP_REQUESTED: 'Credits: a top-up is requested',
  CREDITS_TOP_UP_FAILED: 'Credits: a top-up failed',
  INVOICE_FINALIZED: 'Invoice: finalised',
  INVOICE_SENT: 'Invoice: sent',
  INVOICE_PARTIALLY_PAID: 'Invoice: partially paid',
  INVOICE_PAID: 'Invoice: paid',
  INVOICE_PAYMENT_REVERSED: 'Invoice: a payment was reversed',
  INVOICE_OVERDUE: 'Invoice: overdue',
  INVOICE_REMINDER_SENT: 'Invoice: a reminder was sent',
  INVOICE_LATE_FEE_ADDED: 'Invoice: a late fee was added',
  INVOICE_UNCOLLECTIBLE: 'Invoice: uncollectible',
  INVOICE_VOIDED: 'Invoice: voided',
  CREDIT_NOTE_ISSUED: 'Credit note: issued',
  AUDIT_CHECKPOINT: 'Audit: a checkpoint was signed',
}

/** The types to choose from. */
export const TYPE_CHOICES = Object.entries(TYPES).map(([value, label]) => ({ value, label }))

/** Says what a type is about, also one that is newer than this page. */
export function typeLabel(type: WebhookType): string {
  return Object.hasOwn(TYPES, type) ? TYPES[type] : wordOf(type)
}

/** Whether a text names a type. */
export function isWebhookType(text: string): text is WebhookType {
  return Object.hasOwn(TYPES, text)
}
