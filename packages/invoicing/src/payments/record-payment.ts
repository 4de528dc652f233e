import { CurrencyMismatch, InvalidInput, type Issue, minorUnits, NotFound, type Temporal, type Transaction, ZERO, toMicrosecond } from '@tollgate/kernel'
import { type AmountInput, readTimeAt, type TimeInput } from '@tollgate/kernel/input'
import { withPayment } from '../engine/payments/payment-book.ts'
import { withTotals } from '../engine/payments/payment-state.ts'
import { checkIdempotencyKey, checkReference, readPaymentAmount } from '../model/payments/check-payment.ts'
import { isPayable, type PayableInvoice } from '../model/payments/payable-invoice.ts'
import type { Payment } from '../model/payments/payment.ts'
import { InvoiceNotPayable, PaymentKeyReused } from '../model/payments/payment-errors.ts'
import { changePayments } from './change-payments.ts'
import { fingerprintOf } from './fingerprint-of.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'

/** Money that was received. */
export interface RecordPaymentInput {
  readonly tenantId: string
  /** The invoice that it is meant for. Defaults to the oldest that are due. */
  readonly invoiceId?: string | null | undefined
  readonly amount: AmountInput
  /** Defaults to the currency of the invoice. Required without one. */
  readonly currency?: string | null | undefined
  /** "bank_transfer", "credit_note", or another name. Defaults to "bank_transfer". */
  readonly provider?: string | undefined
  /** Defaults to now. */
  readonly receivedAt?: TimeInput | null | undefined
  readonly reference?: string | null | undefined
  readonly idempotencyKey: string
}

/** A payment, and whether it had been recorded before. */
export interface RecordedPayment {
  readonly payment: Payment
  readonly isRepeat: boolean
}

/** Records money that was received, and allocates it. Takes part in a transaction of the tenant. */
export async function recordPayment(dependencies: PaymentDependencies, transaction: Transaction, input: RecordPaymentInput): Promise<RecordedPayment> {
  const { store, clock, ids } = dependencies
  const { tenantId, invoiceId = null, provider = 'bank_transfer', reference = null, idempotencyKey } = input
  await store.lock(transaction, tenantId)
  const invoice = invoiceId === null ? undefined : await requireInvoice(dependencies, transaction, { tenantId, invoiceId })
  const now = toMicrosecond(clock.now(tenantId))
  const { amount, currency, receivedAt } = checked(input, { invoice, now })
  const use = { key: idempotencyKey, fingerprint: fingerprintOf('payment', [provider, invoiceId, currency], amount) }
  const known = await store.paymentOfKey(transaction, tenantId, idempotencyKey)
  if (known !== undefined) {
    if (known.fingerprint !== use.fingerprint) throw new PaymentKeyReused(idempotencyKey)
    return { payment: known.payment, isRepeat: true }
  }
  if (invoice !== undefined && !isPayable(invoice)) throw new InvoiceNotPayable(invoice.id, invoice.status)
  const id = ids.uuidV7(now.epochMilliseconds)
  const made = withTotals({ ...NO_PAYMENT, id, tenantId, provider, invoiceId, amount, currency, reference, createdAt: now, receivedAt })
  await store.addPayment(transaction, made, use)
  const { payments } = await changePayments(dependencies, transaction, { tenantId, payments: [made], invoiceIds: [], apply: book => withPayment(book, made) })
  const payment = payments.get(id) ?? made
  await dependencies.onChange?.(transaction, { kind: 'recorded', payment, refund: null })
  return { payment, isRepeat: false }
}

/** The fields of a payment that nothing has happened to. */
export const NO_PAYMENT: Pick<
  Payment,
  'providerPaymentId' | 'status' | 'refunded' | 'receivedAt' | 'invoiceId' | 'reference' | 'failureMessage' | 'allocations' | 'refunds' | 'unallocated'
> = {
  providerPaymentId: null,
  status: 'pending',
  refunded: ZERO,
  receivedAt: null,
  invoiceId: null,
  reference: null,
  failureMessage: null,
  allocations: [],
  refunds: [],
  unallocated: ZERO,
}

/** Returns an invoice and locks it. Throws `NotFound`. */
export async function requireInvoice(
  { invoices }: Pick<PaymentDependencies, 'invoices'>,
  transaction: Transaction,
  { tenantId, invoiceId }: { readonly tenantId: string; readonly invoiceId: string },
): Promise<PayableInvoice> {
  const [invoice] = await invoices.invoices(transaction, tenantId, [invoiceId])
  if (invoice === undefined) throw new NotFound('invoice', invoiceId)
  return invoice
}

function checked(input: RecordPaymentInput, { invoice, now }: { readonly invoice: PayableInvoice | undefined; readonly now: Temporal.Instant }) {
  const currency = input.currency ?? invoice?.currency
  if (currency === undefined) throw new InvalidInput([{ path: 'currency', message: 'is required for a payment that names no invoice' }])
  minorUnits(currency)
  if (invoice !== undefined && currency !== invoice.currency) throw new CurrencyMismatch(invoice.currency, currency)
  const issues: Issue[] = [...checkIdempotencyKey(input.idempotencyKey), ...checkReference('reference', input.reference ?? null)]
  const amount = readPaymentAmount(input.amount, currency, issues)
  const receivedAt = toMicrosecond(readTimeAt('receivedAt', input.receivedAt, issues) ?? now)
  if (receivedAt.epochNanoseconds > now.epochNanoseconds) issues.push({ path: 'receivedAt', message: `must not be in the future, after ${now.toString()}` })
  if (issues.length > 0 || amount === undefined) throw new InvalidInput(issues)
  return { amount, currency, receivedAt }
}
