import type { CollectableInvoice, CollectionNotice } from '@tollgate/invoicing/collections'
import type { InvoiceEventDraft, InvoiceEventKind } from '@tollgate/invoicing/events'
import type { InvoicePayment } from '@tollgate/invoicing/payments'
import type { Decimal, Temporal } from '@tollgate/kernel'

/** What an event says of an invoice. */
export interface InvoiceOfEvent {
  readonly id: string
  readonly number: string | null
  readonly currency: string
  readonly total: Decimal
  readonly amountPaid: Decimal
}

/** When something happened to an invoice of a tenant, and what. */
export interface InvoiceHappening {
  readonly tenantId: string
  readonly kind: InvoiceEventKind
  readonly occurredAt: Temporal.Instant
  readonly creditNoteId?: string
  readonly amount?: Decimal | null
}

/** Returns the event of an invoice. */
export function invoiceEvent({ id: invoiceId, number, currency, total, amountPaid }: InvoiceOfEvent, happening: InvoiceHappening): InvoiceEventDraft {
  const { creditNoteId = null, amount = null, ...happened } = happening
  return { ...happened, invoiceId, number, currency, total, amountPaid, creditNoteId, amount }
}

/** Returns the event of an invoice of which more, or less, is paid than before. */
export function paymentEvent(tenantId: string, { invoice, paidBefore }: InvoicePayment, occurredAt: Temporal.Instant): InvoiceEventDraft {
  const { amountPaid, total } = invoice
  const kind = amountPaid.lt(paidBefore) ? 'payment_reversed' : amountPaid.gte(total) ? 'paid' : 'partially_paid'
  return invoiceEvent(invoice, { tenantId, kind, occurredAt })
}

const STEP_KINDS = { reminder: 'reminder_sent', late_fee: 'late_fee_added', uncollectible: 'uncollectible' } as const

/** Returns the event of a step of collections. */
export function collectionEvent({ step: { tenantId, kind, amount, takenAt }, invoice }: CollectionNotice): InvoiceEventDraft {
  return invoiceEvent(invoice, { tenantId, kind: STEP_KINDS[kind], occurredAt: takenAt, amount })
}

/** Returns the event of an invoice whose due date has passed. */
export function overdueEvent(tenantId: string, invoice: CollectableInvoice): InvoiceEventDraft {
  return invoiceEvent(invoice, { tenantId, kind: 'overdue', occurredAt: invoice.dueAt })
}
