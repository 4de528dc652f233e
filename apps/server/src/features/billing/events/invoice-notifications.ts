import type { InvoiceEvent, InvoiceEventKind, InvoiceEventStore } from '@tollgate/invoicing/events'
import { INVOICE_EVENTS_CHANNEL } from '@tollgate/invoicing/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Notification, NotificationSource, NotificationType } from '@tollgate/webhooks'
import { InvoiceId } from '../ids.ts'

const TYPES: Readonly<Record<InvoiceEventKind, NotificationType>> = {
  finalized: 'invoice.finalized',
  sent: 'invoice.sent',
  partially_paid: 'invoice.partially_paid',
  paid: 'invoice.paid',
  payment_reversed: 'invoice.payment_reversed',
  overdue: 'invoice.overdue',
  reminder_sent: 'invoice.reminder_sent',
  late_fee_added: 'invoice.late_fee_added',
  uncollectible: 'invoice.uncollectible',
  voided: 'invoice.voided',
  credit_note_issued: 'credit_note.issued',
}

/** Notifications of what happens to invoices. */
export function invoiceNotifications(events: Pick<InvoiceEventStore, 'list'>): NotificationSource {
  return {
    name: 'invoices',
    channel: INVOICE_EVENTS_CHANNEL,
    read: async page => (await events.list(OPERATOR_SCOPE, page)).map(toNotification),
  }
}

/** Fields and ids are those of `InvoiceUpdate` in GraphQL. */
function toNotification({
  cursor,
  tenantId,
  kind,
  occurredAt,
  invoiceId,
  creditNoteId,
  total,
  amountPaid,
  amount,
  number,
  currency,
}: InvoiceEvent): Notification {
  return {
    id: `iev_${cursor}`,
    cursor,
    type: TYPES[kind],
    tenantId,
    occurredAt,
    data: {
      invoiceId: InvoiceId.encode(`${tenantId}:${invoiceId}`),
      number,
      currency,
      total: total.toFixed(),
      amountPaid: amountPaid.toFixed(),
      amountDue: total.minus(amountPaid).toFixed(),
      creditNoteId: creditNoteId === null ? null : InvoiceId.encode(`${tenantId}:${creditNoteId}`),
      amount: amount?.toFixed() ?? null,
    },
  }
}
