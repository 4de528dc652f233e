import { checkPageSize, type Money, NotFound, type Page, type Transaction, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape } from '@tollgate/kernel/input'
import { releaseInvoice } from '../engine/payments/release-invoice.ts'
import type { AllocationEntry, Payment } from '../model/payments/payment.ts'
import type { EventOutcome } from './apply-provider-events.ts'
import { changePayments } from './change-payments.ts'
import { INPUTS } from './input-shapes.ts'
import type { PaymentDependencies } from './payment-dependencies.ts'
import type { ProviderWebhook } from './payment-provider.ts'
import type { ListPaymentsInput } from './list-payments-input.ts'
import { completeWith, receiveWebhook } from './receive-webhook.ts'
import { recordPayment, type RecordedPayment, type RecordPaymentInput } from './record-payment.ts'
import { refundPayment, type RefundedPayment, type RefundPaymentInput } from './refund-payment.ts'
import { requireProvider } from './require-provider.ts'
import { type PaymentStart, startPayment, type StartPaymentInput } from './start-payment.ts'

/** Payments of tenants. */
export interface Payments {
  /** Names of the providers that payments can be started with. */
  readonly providers: readonly string[]
  /** Records money that was received, once for each idempotency key, and allocates it. */
  record(input: RecordPaymentInput): Promise<RecordedPayment>
  /** `record` as part of a transaction of the tenant. Credit notes are recorded like this. */
  recordIn(transaction: Transaction, input: RecordPaymentInput): Promise<RecordedPayment>
  /** Starts a payment of an invoice with a provider. */
  start(input: StartPaymentInput): Promise<PaymentStart>
  /** Completes a payment that its payer has approved with the provider, if its webhook has not yet. */
  complete(payment: { readonly tenantId: string; readonly paymentId: string }): Promise<Payment>
  /** Gives money back. */
  refund(input: RefundPaymentInput): Promise<RefundedPayment>
  /** Verifies a webhook of a provider and applies what it reports. */
  receive(provider: string, webhook: ProviderWebhook): Promise<readonly EventOutcome[]>
  /** Waits until no other transaction changes payments of the tenant. Call it before other locks of a transaction that changes payments later. */
  lockIn(transaction: Transaction, tenantId: string): Promise<void>
  /** Returns which of the tenants have money that no invoice has used. */
  tenantsWithBalanceIn(transaction: Transaction, tenantIds: readonly string[]): Promise<ReadonlySet<string>>
  /** Pays open invoices with the balance of the tenant, and returns what each got. Call it in the transaction that finalises an invoice. */
  allocateIn(transaction: Transaction, tenantId: string): Promise<readonly AllocationEntry[]>
  /** Moves what is paid of an invoice to the balance, and pays other invoices with it. Call it in the transaction that makes the invoice void. */
  releaseIn(transaction: Transaction, invoice: { readonly tenantId: string; readonly invoiceId: string }): Promise<void>
  paymentsByIds(tenantId: string, ids: readonly string[]): Promise<readonly Payment[]>
  list(query: ListPaymentsInput): Promise<Page<Payment>>
  /** Lists what was allocated to an invoice and taken from it, oldest first. */
  allocationEntries(tenantId: string, invoiceId: string): Promise<readonly AllocationEntry[]>
  /** Returns the money that no invoice has used, one sum for each currency with any. */
  balances(tenantId: string): Promise<readonly Money[]>
}

const PAGE_SIZE = { default: 50, max: 500 }

const OPTIONS = inputShape<PaymentDependencies>({
  store: 'object',
  invoices: 'object',
  providers: 'list',
  onChange: 'function?',
  onInvoicesPaid: 'function?',
  clock: 'object',
  ids: 'object',
})

/** Creates payments over a store, invoices and providers. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createPayments(dependencies: PaymentDependencies): Payments {
  checkShape(OPTIONS, dependencies)
  const { store, providers, clock, onChange } = dependencies
  return {
    providers: providers.map(({ name }) => name),
    record: checkedInput(INPUTS.record, input => store.transaction(input.tenantId, transaction => recordPayment(dependencies, transaction, input))),
    recordIn: (transaction, input) => checkedInput(INPUTS.record, () => recordPayment(dependencies, transaction, input))(input),
    start: checkedInput(INPUTS.start, async input => {
      checkShape(INPUTS.customer, input.customer, 'customer')
      return startPayment(dependencies, input)
    }),
    complete: checkedInput(INPUTS.complete, async ({ tenantId, paymentId }) => {
      const [payment] = await store.paymentsByIds(tenantId, [paymentId])
      if (payment === undefined) throw new NotFound('payment', paymentId)
      const { provider, providerPaymentId } = payment
      if (providerPaymentId !== null) await completeWith(dependencies, requireProvider(providers, provider), { tenantId, paymentId, providerPaymentId })
      const [completed = payment] = await store.paymentsByIds(tenantId, [paymentId])
      return completed
    }),
    refund: checkedInput(INPUTS.refund, input => refundPayment(dependencies, input)),
    receive: (provider, webhook) => receiveWebhook(dependencies, provider, webhook),
    lockIn: (transaction, tenantId) => store.lock(transaction, tenantId),
    tenantsWithBalanceIn: (transaction, tenantIds) => store.tenantsWithBalance(transaction, tenantIds),
    async allocateIn(transaction, tenantId) {
      await store.lock(transaction, tenantId)
      const before = await store.unallocatedPayments(transaction, tenantId)
      if (before.length === 0) return []
      const { payments, entries } = await changePayments(dependencies, transaction, { tenantId, payments: [], invoiceIds: [] })
      for (const { id, unallocated } of before) {
        const payment = payments.get(id)
        if (payment !== undefined && !payment.unallocated.eq(unallocated)) await onChange?.(transaction, { kind: 'allocated', payment, refund: null })
      }
      return entries
    },
    async releaseIn(transaction, { tenantId, invoiceId }) {
      await store.lock(transaction, tenantId)
      const payments = await store.paymentsOfInvoice(tenantId, invoiceId, transaction)
      const at = toMicrosecond(clock.now(tenantId))
      const apply = (book: Parameters<typeof releaseInvoice>[0]) => releaseInvoice(book, invoiceId, at)
      await changePayments(dependencies, transaction, { tenantId, payments, invoiceIds: [invoiceId], apply })
    },
    paymentsByIds: (tenantId, ids) => store.paymentsByIds(tenantId, ids),
    list: checkedInput(INPUTS.list, async query => store.payments({ ...query, first: checkPageSize(query.first, PAGE_SIZE) })),
    allocationEntries: (tenantId, invoiceId) => store.allocationEntries(tenantId, invoiceId),
    balances: tenantId => store.balances(tenantId),
  }
}
