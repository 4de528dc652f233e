import type { Temporal } from '@tollgate/kernel'
import type { AllocationEntry, Payment, PaymentAllocation } from '../../model/payments/payment.ts'
import type { PaymentBook } from './payment-book.ts'
import { withTotals } from './payment-state.ts'

/** Gives an invoice a part of a payment, or takes it away if the amount is negative. */
export function moveAllocation(book: PaymentBook, entry: AllocationEntry): PaymentBook {
  const payment = book.payments.get(entry.paymentId)
  if (payment === undefined) throw new Error(`The payment ${entry.paymentId} is not in the book`)
  const payments = new Map(book.payments).set(payment.id, withTotals({ ...payment, allocations: changedAllocations(payment, entry) }))
  const invoices = new Map(book.invoices)
  const invoice = invoices.get(entry.invoiceId)
  if (invoice !== undefined) invoices.set(invoice.id, { ...invoice, amountPaid: invoice.amountPaid.plus(entry.amount) })
  return { payments, invoices, entries: [...book.entries, entry] }
}

function changedAllocations({ allocations }: Payment, { invoiceId, amount, at }: AllocationEntry): readonly PaymentAllocation[] {
  const known = allocations.find(allocation => allocation.invoiceId === invoiceId)
  if (known === undefined) return [...allocations, { invoiceId, amount, allocatedAt: at }]
  const sum = known.amount.plus(amount)
  const allocatedAt: Temporal.Instant = amount.gt(0) ? at : known.allocatedAt
  return allocations.flatMap(allocation => (allocation !== known ? [allocation] : sum.isZero() ? [] : [{ invoiceId, amount: sum, allocatedAt }]))
}
