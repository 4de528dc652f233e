import { Decimal, Temporal } from '@tollgate/kernel'
import type { Payment } from '../../model/payments/payment.ts'
import { isPayable, type PayableInvoice } from '../../model/payments/payable-invoice.ts'
import { moveAllocation } from './move-allocation.ts'
import type { PaymentBook } from './payment-book.ts'

/**
 * Allocates what is left of payments to invoices of their currency. Older payments come first. A payment pays the invoice that it
 * names, then the others by due date. Uncollectible invoices are paid only by payments that name them.
 */
export function allocatePayments(book: PaymentBook, at: Temporal.Instant): PaymentBook {
  const invoices = [...book.invoices.values()].filter(isPayable).sort(byDueDate)
  let allocated = book
  for (const { id } of [...book.payments.values()].filter(({ unallocated }) => unallocated.gt(0)).sort(byAge)) {
    for (const invoice of invoices) allocated = allocate(allocated, { paymentId: id, invoice, at, named: true })
    for (const invoice of invoices) allocated = allocate(allocated, { paymentId: id, invoice, at, named: false })
  }
  return allocated
}

interface Candidate {
  readonly paymentId: string
  readonly invoice: PayableInvoice
  readonly at: Temporal.Instant
  /** Whether the payment must name the invoice. */
  readonly named: boolean
}

function allocate(book: PaymentBook, { paymentId, invoice: { id: invoiceId }, at, named }: Candidate): PaymentBook {
  const payment = book.payments.get(paymentId)
  const invoice = book.invoices.get(invoiceId)
  if (payment === undefined || invoice === undefined || payment.currency !== invoice.currency) return book
  if (named ? payment.invoiceId !== invoiceId : invoice.status === 'uncollectible') return book
  const amount = Decimal.min(payment.unallocated, invoice.total.minus(invoice.amountPaid))
  return amount.gt(0) ? moveAllocation(book, { paymentId, invoiceId, amount, at }) : book
}

function byDueDate(one: PayableInvoice, other: PayableInvoice): number {
  if (one.dueAt === null || other.dueAt === null) return Number(one.dueAt === null) - Number(other.dueAt === null) || compareText(one.id, other.id)
  return Temporal.Instant.compare(one.dueAt, other.dueAt) || compareText(one.id, other.id)
}

function byAge(one: Payment, other: Payment): number {
  const oneTime = one.receivedAt ?? one.createdAt
  const otherTime = other.receivedAt ?? other.createdAt
  return Temporal.Instant.compare(oneTime, otherTime) || compareText(one.id, other.id)
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
