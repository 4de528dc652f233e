import { Decimal, ZERO } from '@tollgate/kernel'
import type { Payment, PaymentStatus } from '../../model/payments/payment.ts'

/** Returns the payment with `refunded`, `unallocated` and `status` as its other fields say. */
export function withTotals(payment: Payment): Payment {
  const { amount, receivedAt, refunds, allocations } = payment
  const refunded = refunds.reduce((sum, refund) => (refund.status === 'failed' ? sum : sum.plus(refund.amount)), ZERO)
  const allocated = allocatedOf(payment)
  // A provider can give back more than was paid, for example the fee of a dispute. What it took beyond the payment is not ours to hold.
  const held = Decimal.min(refunded, amount)
  const unallocated = receivedAt === null ? ZERO : amount.minus(held).minus(allocated)
  return { ...payment, allocations, refunded: held, unallocated, status: statusOf(payment, held) }
}

/** Returns the sum of what invoices have of a payment. */
export function allocatedOf({ allocations }: Pick<Payment, 'allocations'>): Decimal {
  return allocations.reduce((sum, { amount }) => sum.plus(amount), ZERO)
}

function statusOf({ receivedAt, amount, failureMessage }: Payment, refunded: Decimal): PaymentStatus {
  if (receivedAt === null) return failureMessage === null ? 'pending' : 'failed'
  if (refunded.isZero()) return 'succeeded'
  return refunded.gte(amount) ? 'refunded' : 'partially_refunded'
}
