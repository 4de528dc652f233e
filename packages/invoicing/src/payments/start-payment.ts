import { InvalidInput, type Issue, NotFound, type Transaction, toMicrosecond } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import { withTotals } from '../engine/payments/payment-state.ts'
import { checkIdempotencyKey, readPaymentAmount } from '../model/payments/check-payment.ts'
import { isPayable, type PayableInvoice } from '../model/payments/payable-invoice.ts'
import type { Payment } from '../model/payments/payment.ts'
import { InvoiceNotPayable, PaymentKeyReused } from '../model/payments/payment-errors.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'
import type { PaymentProvider, StartedPayment } from './payment-provider.ts'
import { NO_PAYMENT, requireInvoice } from './record-payment.ts'
import { requireProvider } from './require-provider.ts'

/** A payment to start with a provider. */
export interface StartPaymentInput {
  readonly tenantId: string
  readonly invoiceId: string
  readonly provider: string
  /** Defaults to what is due. */
  readonly amount?: AmountInput | null | undefined
  /** Pages that the payer returns to. */
  readonly returnUrl?: string | null | undefined
  readonly cancelUrl?: string | null | undefined
  /** The name and e-mail address that the provider knows the tenant by. */
  readonly customer: { readonly name: string; readonly email: string | null }
  readonly idempotencyKey: string
}

/** A payment that was started, and how the payer continues. */
export interface PaymentStart extends StartedPayment {
  readonly payment: Payment
}

const PAGE = /^https?:\/\/[^\s]{1,2000}$/

/**
 * Starts a payment of an invoice. The payment is stored before the provider is called: a call that was interrupted can be repeated
 * with its idempotency key, and starts nothing twice.
 */
export async function startPayment(dependencies: PaymentDependencies, input: StartPaymentInput): Promise<PaymentStart> {
  const { store } = dependencies
  const { tenantId } = input
  const provider = requireProvider(dependencies.providers, input.provider)
  const { payment, invoice } = await store.transaction(tenantId, transaction => pendingPayment(dependencies, transaction, input))
  const customerId = await customerOf(dependencies, provider, input)
  const started = await provider.start({
    tenantId,
    paymentId: payment.id,
    providerPaymentId: payment.providerPaymentId,
    customerId,
    amount: payment.amount,
    currency: payment.currency,
    description: `Invoice ${invoice.number ?? invoice.id}`,
    returnUrl: input.returnUrl ?? null,
    cancelUrl: input.cancelUrl ?? null,
  })
  const { providerPaymentId } = started
  return { ...started, payment: await store.transaction(tenantId, transaction => keepProviderId(dependencies, transaction, { payment, providerPaymentId })) }
}

async function pendingPayment(
  dependencies: PaymentDependencies,
  transaction: Transaction,
  input: StartPaymentInput,
): Promise<{ payment: Payment; invoice: PayableInvoice }> {
  const { store, clock, ids } = dependencies
  const { tenantId, invoiceId, provider, idempotencyKey } = input
  await store.lock(transaction, tenantId)
  const invoice = await requireInvoice(dependencies, transaction, input)
  const fingerprint = fingerprintOf('start', [provider, invoiceId], input.amount)
  const known = await store.paymentOfKey(transaction, tenantId, idempotencyKey)
  if (known !== undefined) {
    if (known.fingerprint !== fingerprint) throw new PaymentKeyReused(idempotencyKey)
    return { payment: known.payment, invoice }
  }
  if (!isPayable(invoice)) throw new InvoiceNotPayable(invoiceId, invoice.status)
  const { currency } = invoice
  const due = invoice.total.minus(invoice.amountPaid)
  const issues: Issue[] = [...checkIdempotencyKey(idempotencyKey), ...checkPage('returnUrl', input.returnUrl), ...checkPage('cancelUrl', input.cancelUrl)]
  if (due.lte(0)) issues.push({ path: 'invoiceId', message: 'names an invoice that is paid in full' })
  const amount = readPaymentAmount(input.amount ?? due, currency, issues)
  if (amount?.gt(due) === true && due.gt(0)) issues.push({ path: 'amount', message: `must be at most what is due, ${due.toFixed()}` })
  if (issues.length > 0 || amount === undefined) throw new InvalidInput(issues)
  const createdAt = toMicrosecond(clock.now(tenantId))
  const id = ids.uuidV7(createdAt.epochMilliseconds)
  const payment = withTotals({ ...NO_PAYMENT, id, tenantId, provider, invoiceId, amount, currency, createdAt })
  await store.addPayment(transaction, payment, { key: idempotencyKey, fingerprint })
  await dependencies.onChange?.(transaction, { kind: 'started', payment, refund: null })
  return { payment, invoice }
}

async function customerOf({ store }: PaymentDependencies, provider: PaymentProvider, { tenantId, customer }: StartPaymentInput): Promise<string | null> {
  if (provider.createCustomer === undefined) return null
  const known = await store.customerId(tenantId, provider.name)
  if (known !== undefined) return known
  return store.keepCustomerId(tenantId, provider.name, await provider.createCustomer({ tenantId, ...customer }))
}

async function keepProviderId(
  { store }: PaymentDependencies,
  transaction: Transaction,
  { payment: { tenantId, id }, providerPaymentId }: { readonly payment: Payment; readonly providerPaymentId: string },
): Promise<Payment> {
  await store.lock(transaction, tenantId)
  const [payment] = await store.paymentsByIds(tenantId, [id], transaction)
  if (payment === undefined) throw new NotFound('payment', id)
  if (payment.providerPaymentId !== null) return payment
  const changed = { ...payment, providerPaymentId }
  await store.saveChanges(transaction, tenantId, { payments: [changed], entries: [] })
  return changed
}

function checkPage(path: string, url: string | null | undefined): Issue[] {
  return url === null || url === undefined || PAGE.test(url) ? [] : [{ path, message: 'must be an http or https URL' }]
}
