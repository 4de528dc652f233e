import { type Decimal, Temporal } from '@tollgate/kernel'
import type { InvoiceStatus } from '../../model/invoices/invoice.ts'

/** What is stored of the state of a finalised invoice. Everything else about its status is derived. */
export const INVOICE_STATES = ['open', 'void', 'uncollectible'] as const

/** The stored state of a finalised invoice. */
export type InvoiceState = (typeof INVOICE_STATES)[number]

/** What the status of a finalised invoice depends on. */
export interface InvoiceProgress {
  readonly state: InvoiceState
  readonly total: Decimal
  readonly amountPaid: Decimal
  readonly sentAt: Temporal.Instant | null
  readonly dueAt: Temporal.Instant | null
}

/** Returns the status of a finalised invoice at a time. */
export function invoiceStatus({ state, total, amountPaid, sentAt, dueAt }: InvoiceProgress, now: Temporal.Instant): InvoiceStatus {
  if (state === 'void') return 'void'
  if (amountPaid.gte(total)) return 'paid'
  if (state === 'uncollectible') return 'uncollectible'
  if (dueAt !== null && Temporal.Instant.compare(dueAt, now) < 0) return 'overdue'
  if (amountPaid.gt(0)) return 'partially_paid'
  return sentAt === null ? 'finalized' : 'sent'
}
