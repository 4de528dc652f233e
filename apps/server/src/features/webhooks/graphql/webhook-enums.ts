import type { NotificationType, WebhookDeliveryState } from '@tollgate/webhooks'
import { builder } from '../../../graphql/builder.ts'
import type { EnumValues } from '../../../graphql/enum-values.ts'

/** GraphQL enum `WebhookType`. */
export const WebhookTypeRef = builder.enumType('WebhookType', {
  description: 'Type of a notification.',
  values: {
    QUOTA_THRESHOLD_REACHED: { value: 'quota.threshold_reached', description: '"quota.threshold_reached": usage reached an alert threshold of a quota.' },
    ALERT_RAISED: { value: 'alert.raised', description: '"alert.raised": an alert was raised.' },
    ALERT_RECOVERED: { value: 'alert.recovered', description: '"alert.recovered": an alert recovered.' },
    CREDITS_LOW_BALANCE: { value: 'credits.low_balance', description: '"credits.low_balance": a balance fell to a threshold, or lasts too few days.' },
    CREDITS_EXHAUSTED: { value: 'credits.exhausted', description: '"credits.exhausted": a balance fell to 0 or below.' },
    CREDITS_EXPIRING_SOON: { value: 'credits.expiring_soon', description: '"credits.expiring_soon": a grant with remaining credits expires soon.' },
    CREDITS_TOP_UP_REQUESTED: {
      value: 'credits.top_up_requested',
      description: '"credits.top_up_requested": a balance fell to the threshold of top-ups. Buy the credits, and grant them with `topUpKey`.',
    },
    CREDITS_TOP_UP_FAILED: { value: 'credits.top_up_failed', description: '"credits.top_up_failed": credits were not bought, or not in time.' },
    INVOICE_FINALIZED: { value: 'invoice.finalized', description: '"invoice.finalized": an invoice was finalised.' },
    INVOICE_SENT: { value: 'invoice.sent', description: '"invoice.sent": an invoice was sent to the tenant.' },
    INVOICE_PARTIALLY_PAID: { value: 'invoice.partially_paid', description: '"invoice.partially_paid": a part of an invoice was paid.' },
    INVOICE_PAID: { value: 'invoice.paid', description: '"invoice.paid": an invoice is paid in full.' },
    INVOICE_PAYMENT_REVERSED: {
      value: 'invoice.payment_reversed',
      description: '"invoice.payment_reversed": less of an invoice is paid than before, because a payment was refunded or taken back.',
    },
    INVOICE_OVERDUE: { value: 'invoice.overdue', description: '"invoice.overdue": the due date of an invoice has passed.' },
    INVOICE_REMINDER_SENT: { value: 'invoice.reminder_sent', description: '"invoice.reminder_sent": the tenant was reminded of an invoice.' },
    INVOICE_LATE_FEE_ADDED: { value: 'invoice.late_fee_added', description: '"invoice.late_fee_added": a late fee is due for an invoice.' },
    INVOICE_UNCOLLECTIBLE: { value: 'invoice.uncollectible', description: '"invoice.uncollectible": an invoice was marked as uncollectible.' },
    INVOICE_VOIDED: { value: 'invoice.voided', description: '"invoice.voided": an invoice was voided.' },
    CREDIT_NOTE_ISSUED: { value: 'credit_note.issued', description: '"credit_note.issued": a credit note gives back a part of an invoice, or all.' },
    AUDIT_CHECKPOINT: { value: 'audit.checkpoint', description: '"audit.checkpoint": the end of an audit log was signed.' },
  } as const satisfies EnumValues<NotificationType>,
})

/** GraphQL enum `WebhookDeliveryState`. */
export const WebhookDeliveryStateRef = builder.enumType('WebhookDeliveryState', {
  description: 'State of a delivery.',
  values: {
    PENDING: { value: 'PENDING', description: 'An attempt is scheduled.' },
    DELIVERED: { value: 'DELIVERED', description: 'The receiver accepted it with a 2xx status.' },
    FAILED: { value: 'FAILED', description: 'There are no more attempts. It can be redelivered.' },
  } as const satisfies EnumValues<WebhookDeliveryState>,
})
