import { InvalidInput, type Issue, NotFound, type Transaction, toMicrosecond } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import { withPayment } from '../engine/payments/payment-book.ts'
import { withTotals } from '../engine/payments/payment-state.ts'
import { checkIdempotencyKey, checkReference, readPaymentAmount } from '../model/payments/check-payment.ts'
import type { Payment } from '../model/payments/payment.ts'
import type { PaymentRefund } from '../model/payments/payment-refund.ts'
import { PaymentKeyReused, PaymentNotRefundable, RefundTooLarge } from '../model/payments/payment-errors.ts'
import { changePayments } from './change-payments.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'
import type { PaymentProvider, ProviderRefund } from './payment-provider.ts'

/** Money of a payment to give back. */
export interface RefundPaymentInput {
  readonly tenantId: string
  readonly paymentId: string
  /** Defaults to what is left of the payment. */
  readonly amount?: AmountInput | null | undefined
  readonly reason?: string | null | undefined
  readonly idempotencyKey: string
}

/** A payment and one of its refunds. */
export interface RefundedPayment {
  readonly payment: Payment
  readonly refund: PaymentRefund
}

/**
 * Gives money of a payment back: first what no invoice has used, then from invoices, which are then due again. The refund is stored
 * before the provider is called: a call that was interrupted can be repeated with its idempotency key, and gives nothing back twice.
 * A payment without a provider that gives money back, such as a bank transfer, is refunded by hand: this records it.
 */
export async function refundPayment(dependencies: PaymentDependencies, input: RefundPaymentInput): Promise<RefundedPayment> {
  const { store, providers } = dependencies
  const { tenantId } = input
  const { payment, refund } = await store.transaction(tenantId, transaction => requestedRefund(dependencies, transaction, input))
  const provider = providers.find(({ name }) => name === payment.provider)
  if (refund.status !== 'pending' || payment.providerPaymentId === null || provider?.refund === undefined) return { payment, refund }
  const result = await provider.refund({
    tenantId,
    paymentId: payment.id,
    providerPaymentId: payment.providerPaymentId,
    refundId: refund.id,
    amount: refund.amount,
    currency: payment.currency,
    reason: refund.reason,
  })
  return store.transaction(tenantId, transaction => keepResult(dependencies, transaction, { payment, refund, result }))
}

async function requestedRefund(dependencies: PaymentDependencies, transaction: Transaction, input: RefundPaymentInput): Promise<RefundedPayment> {
  const { store, ids, clock, providers } = dependencies
  const { tenantId, paymentId, amount = null, reason = null, idempotencyKey } = input
  await store.lock(transaction, tenantId)
  const payment = await requirePayment(dependencies, transaction, { tenantId, paymentId })
  const fingerprint = fingerprintOf('refund', [paymentId], amount)
  const known = await store.refundOfKey(transaction, tenantId, idempotencyKey)
  if (known !== undefined) {
    if (known.fingerprint !== fingerprint) throw new PaymentKeyReused(idempotencyKey)
    return { payment, refund: requireRefund(payment, known.refundId) }
  }
  const refund = newRefund(payment, {
    input,
    id: ids.uuidV7(clock.now(tenantId).epochMilliseconds),
    at: toMicrosecond(clock.now(tenantId)),
    status: refundsWith(providers, payment) === undefined ? 'succeeded' : 'pending',
  })
  const changed = withTotals({ ...payment, refunds: [...payment.refunds, { ...refund, reason }] })
  const { payments } = await changePayments(dependencies, transaction, {
    tenantId,
    payments: [payment],
    invoiceIds: [],
    apply: book => withPayment(book, changed),
  })
  await store.addRefundKey(transaction, tenantId, { key: idempotencyKey, fingerprint, paymentId, refundId: refund.id })
  const after = payments.get(paymentId) ?? changed
  const requested = requireRefund(after, refund.id)
  await dependencies.onChange?.(transaction, { kind: 'refund_requested', payment: after, refund: requested })
  return { payment: after, refund: requested }
}

/** Returns the provider that gives the money of a payment back, or undefined if it is given back by hand. */
function refundsWith(providers: readonly PaymentProvider[], { provider, providerPaymentId }: Payment): PaymentProvider | undefined {
  return providerPaymentId === null ? undefined : providers.find(({ name, refund }) => name === provider && refund !== undefined)
}

function newRefund(
  payment: Payment,
  {
    input: { amount, reason = null, idempotencyKey },
    id,
    at,
    status,
  }: { readonly input: RefundPaymentInput; readonly id: string; readonly at: PaymentRefund['requestedAt']; readonly status: PaymentRefund['status'] },
): PaymentRefund {
  if (payment.receivedAt === null) throw new PaymentNotRefundable(payment.id, payment.status)
  const refundable = payment.amount.minus(payment.refunded)
  const issues: Issue[] = [...checkIdempotencyKey(idempotencyKey), ...checkReference('reason', reason)]
  if (refundable.isZero()) throw new RefundTooLarge(payment.id, refundable)
  const value = readPaymentAmount(amount ?? refundable, payment.currency, issues)
  if (issues.length > 0 || value === undefined) throw new InvalidInput(issues)
  if (value.gt(refundable)) throw new RefundTooLarge(payment.id, refundable)
  return { id, status, amount: value, reason, providerRefundId: null, requestedAt: at, failureMessage: null }
}

async function keepResult(
  dependencies: PaymentDependencies,
  transaction: Transaction,
  { payment: { tenantId, id: paymentId }, refund: { id }, result }: RefundedPayment & { readonly result: ProviderRefund },
): Promise<RefundedPayment> {
  const { store } = dependencies
  await store.lock(transaction, tenantId)
  const payment = await requirePayment(dependencies, transaction, { tenantId, paymentId })
  const refund = requireRefund(payment, id)
  // A webhook may have reported it before.
  if (refund.status !== 'pending') return { payment, refund }
  const { providerRefundId, status, message } = result
  const changed = withTotals({
    ...payment,
    refunds: payment.refunds.map(other => (other === refund ? { ...refund, providerRefundId, status, failureMessage: message } : other)),
  })
  const { payments } = await changePayments(dependencies, transaction, {
    tenantId,
    payments: [payment],
    invoiceIds: [],
    apply: book => withPayment(book, changed),
  })
  const after = payments.get(paymentId) ?? changed
  return { payment: after, refund: requireRefund(after, id) }
}

async function requirePayment(
  { store }: PaymentDependencies,
  transaction: Transaction,
  { tenantId, paymentId }: { readonly tenantId: string; readonly paymentId: string },
): Promise<Payment> {
  const [payment] = await store.paymentsByIds(tenantId, [paymentId], transaction)
  if (payment === undefined) throw new NotFound('payment', paymentId)
  return payment
}

function requireRefund({ refunds }: Payment, id: string): PaymentRefund {
  const refund = refunds.find(candidate => candidate.id === id)
  if (refund === undefined) throw new NotFound('refund', id)
  return refund
}
