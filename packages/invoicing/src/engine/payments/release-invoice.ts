import type { Temporal } from '@tollgate/kernel'
import { moveAllocation } from './move-allocation.ts'
import type { PaymentBook } from './payment-book.ts'

/** Takes everything that payments have paid for an invoice, because it became void. It stays as balance. */
export function releaseInvoice(book: PaymentBook, invoiceId: string, at: Temporal.Instant): PaymentBook {
  let released = book
  for (const { id: paymentId, allocations } of book.payments.values()) {
    const amount = allocations.find(allocation => allocation.invoiceId === invoiceId)?.amount
    if (amount !== undefined) released = moveAllocation(released, { paymentId, invoiceId, amount: amount.negated(), at })
  }
  return released
}
