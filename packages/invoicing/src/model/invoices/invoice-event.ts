import type { Decimal, Temporal } from '@tollgate/kernel'

/** What can happen to a finalised invoice. */
export const INVOICE_EVENT_KINDS = [
  'finalized',
  'sent',
  'partially_paid',
  'paid',
  'payment_reversed',
  'overdue',
  'reminder_sent',
  'late_fee_added',
  'uncollectible',
  'voided',
  'credit_note_issued',
] as const

/** What happened to a finalised invoice. */
export type InvoiceEventKind = (typeof INVOICE_EVENT_KINDS)[number]

/** Something that happened to a finalised invoice, to add. */
export interface InvoiceEventDraft {
  readonly tenantId: string
  readonly invoiceId: string
  readonly kind: InvoiceEventKind
  readonly occurredAt: Temporal.Instant
  readonly number: string | null
  readonly currency: string
  readonly total: Decimal
  /** What was paid of it after the event. */
  readonly amountPaid: Decimal
  /** The credit note that was issued. Null for other kinds. */
  readonly creditNoteId: string | null
  /** The late fee that was added, or what the credit note gives back. Null for other kinds. */
  readonly amount: Decimal | null
}

/** Something that happened to a finalised invoice. Written with what happened; never changes. */
export interface InvoiceEvent extends InvoiceEventDraft {
  /** Position among the events of all tenants: an integer. */
  readonly cursor: string
}
