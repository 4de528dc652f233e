import { Decimal, type Temporal } from '@tollgate/kernel'
import { moveAllocation } from './move-allocation.ts'
import type { PaymentBook } from './payment-book.ts'

/** Takes from invoices what a payment no longer has, because it was refunded: from the last allocation first. */
export function releaseExcess(book: PaymentBook, paymentId: string, at: Temporal.Instant): PaymentBook {
  const payment = book.payments.get(paymentId)
  let excess = payment?.unallocated.negated()
  let released = book
  for (const { invoiceId, amount } of payment?.allocations.toReversed() ?? []) {
    if (excess === undefined || excess.lte(0)) break
    const taken = Decimal.min(excess, amount)
    released = moveAllocation(released, { paymentId, invoiceId, amount: taken.negated(), at })
    excess = excess.minus(taken)
  }
  return released
}
