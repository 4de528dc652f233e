import type { AllocationEntry, Payment } from '../../model/payments/payment.ts'
import type { PayableInvoice } from '../../model/payments/payable-invoice.ts'

/** Payments of a tenant and invoices, with what was changed. Functions of the engine return a changed copy. */
export interface PaymentBook {
  readonly payments: ReadonlyMap<string, Payment>
  readonly invoices: ReadonlyMap<string, PayableInvoice>
  /** What changed, in order. */
  readonly entries: readonly AllocationEntry[]
}

/** Returns a book without changes. */
export function paymentBook(payments: Iterable<Payment>, invoices: Iterable<PayableInvoice>): PaymentBook {
  return {
    payments: new Map([...payments].map(payment => [payment.id, payment])),
    invoices: new Map([...invoices].map(invoice => [invoice.id, invoice])),
    entries: [],
  }
}

/** Returns the book with a payment added or replaced. */
export function withPayment(book: PaymentBook, payment: Payment): PaymentBook {
  return { ...book, payments: new Map(book.payments).set(payment.id, payment) }
}
