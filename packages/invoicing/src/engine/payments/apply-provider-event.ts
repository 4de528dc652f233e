import type { IdSource } from '@tollgate/kernel'
import type { Payment } from '../../model/payments/payment.ts'
import type { PaymentRefund } from '../../model/payments/payment-refund.ts'
import type { PaymentChange, ProviderEvent } from '../../model/payments/provider-event.ts'
import { withTotals } from './payment-state.ts'

/**
 * Applies what a provider reports to a payment. The result does not depend on the order of events: received money stays received,
 * and a refund counts once, by the provider's id of it.
 */
export function applyProviderEvent(payment: Payment, { providerPaymentId, occurredAt, change }: ProviderEvent, ids: IdSource): Payment {
  const named = { ...payment, providerPaymentId: payment.providerPaymentId ?? providerPaymentId }
  switch (change.kind) {
    case 'approved':
      return named
    case 'failed':
      return named.receivedAt === null ? withTotals({ ...named, failureMessage: change.message }) : named
    case 'succeeded':
      if (named.receivedAt !== null) return named
      return withTotals({ ...named, amount: change.amount, currency: change.currency, receivedAt: occurredAt, failureMessage: null })
    case 'refund':
      return withTotals({ ...named, refunds: withRefund(named, change, { id: ids.uuidV7(occurredAt.epochMilliseconds), occurredAt }) })
  }
}

type RefundChange = Extract<PaymentChange, { kind: 'refund' }>

/** Later states win over earlier ones in any order. A bank can return a refund that had succeeded. */
const RANK = { pending: 0, succeeded: 1, failed: 2 } as const

function withRefund(
  { refunds }: Payment,
  change: RefundChange,
  { id, occurredAt }: { readonly id: string; readonly occurredAt: ProviderEvent['occurredAt'] },
): readonly PaymentRefund[] {
  const { refundId, providerRefundId, amount, status, message } = change
  const known = refunds.find(refund => refund.providerRefundId === providerRefundId) ?? refunds.find(refund => refund.id === refundId)
  if (known === undefined) {
    return [...refunds, { id, status, amount, reason: null, providerRefundId, requestedAt: occurredAt, failureMessage: message }]
  }
  const isNews = RANK[status] > RANK[known.status]
  return refunds.map(refund => (refund === known ? { ...refund, providerRefundId, ...(isNews && { status, failureMessage: message }) } : refund))
}
