import { Decimal, isDomainError, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { PaymentChange } from '../../model/payments/provider-event.ts'
import { type MakePaymentStore, makePayments, type PaymentsUnderTest } from './payment-store-setup.ts'

const amount = fc.integer({ min: 1, max: 2_000 }).map(cents => (cents / 100).toFixed(2))
const position = fc.nat({ max: 5 })

/** One step of a sequence of payments. Positions refer to invoices and payments that exist, if there are any. */
export const paymentStep = fc.oneof(
  fc.record({ kind: fc.constant('invoice' as const), amount }),
  fc.record({ kind: fc.constant('record' as const), amount, invoice: fc.option(position) }),
  fc.record({ kind: fc.constant('start' as const), invoice: position }),
  fc.record({ kind: fc.constant('succeeded' as const), payment: position, event: position, amount: fc.option(amount) }),
  fc.record({ kind: fc.constant('failed' as const), payment: position, event: position }),
  fc.record({
    kind: fc.constant('provider refund' as const),
    payment: position,
    event: position,
    refund: position,
    amount,
    status: fc.constantFrom('pending' as const, 'succeeded' as const, 'failed' as const),
  }),
  fc.record({ kind: fc.constant('refund' as const), payment: position, amount, isFailing: fc.boolean() }),
  fc.record({ kind: fc.constant('void' as const), invoice: position }),
)

/** A step of `paymentStep`. */
export type PaymentStep = typeof paymentStep extends fc.Arbitrary<infer Step> ? Step : never

/**
 * Takes steps with the payments of a store. After each step, money that was received is what invoices have, what was refunded and the
 * balance; what is paid of an invoice is the sum of its allocations, and never more than its total.
 */
export async function conservePayments(make: MakePaymentStore, steps: readonly PaymentStep[]): Promise<void> {
  const test = await makePayments(make)
  const invoiceIds: string[] = []
  const paymentIds: string[] = []
  for (const [i, step] of steps.entries()) {
    await take(test, step, { i, invoiceIds, paymentIds }).catch((error: unknown) => {
      if (!isDomainError(error)) throw error
    })
    await check(test, invoiceIds)
  }
}

interface Known {
  readonly i: number
  readonly invoiceIds: string[]
  readonly paymentIds: string[]
}

async function take({ payments, provider, receive, addInvoice, invoices, store, clock }: PaymentsUnderTest, step: PaymentStep, known: Known): Promise<void> {
  const { i, invoiceIds, paymentIds } = known
  const report = (payment: number, event: number, change: PaymentChange) => {
    const paymentId = paymentIds[payment]
    if (paymentId === undefined) return Promise.resolve([])
    const id = `evt_${change.kind}_${event}`
    return receive({ id, tenantId: 'acme', paymentId, providerPaymentId: `pay_${paymentId}`, occurredAt: clock.now(), change })
  }
  switch (step.kind) {
    case 'invoice':
      invoiceIds.push(addInvoice(step.amount))
      return
    case 'record': {
      const invoiceId = step.invoice === null ? null : (invoiceIds[step.invoice] ?? null)
      const { payment } = await payments.record({ tenantId: 'acme', invoiceId, amount: step.amount, currency: 'USD', idempotencyKey: `record ${i}` })
      paymentIds.push(payment.id)
      return
    }
    case 'start': {
      const invoiceId = invoiceIds[step.invoice] ?? ''
      const customer = { name: 'Acme', email: null }
      const { payment } = await payments.start({ tenantId: 'acme', invoiceId, provider: 'scripted', customer, idempotencyKey: `start ${i}` })
      paymentIds.push(payment.id)
      return
    }
    case 'succeeded': {
      const [payment] = await payments.paymentsByIds('acme', [paymentIds[step.payment] ?? ''])
      await report(step.payment, step.event, { kind: 'succeeded', amount: new Decimal(step.amount ?? payment?.amount ?? 1), currency: 'USD' })
      return
    }
    case 'failed':
      await report(step.payment, step.event, { kind: 'failed', message: 'declined' })
      return
    case 'provider refund': {
      const providerRefundId = `re_${step.refund}`
      await report(step.payment, step.event, {
        kind: 'refund',
        refundId: null,
        providerRefundId,
        amount: new Decimal(step.amount),
        status: step.status,
        message: null,
      })
      return
    }
    case 'refund': {
      const status = step.isFailing ? 'failed' : 'succeeded'
      provider.respondToRefunds(async () => ({ providerRefundId: `re_own_${i}`, status, message: null }))
      await payments.refund({ tenantId: 'acme', paymentId: paymentIds[step.payment] ?? '', amount: step.amount, idempotencyKey: `refund ${i}` })
      return
    }
    case 'void': {
      const invoiceId = invoiceIds[step.invoice] ?? ''
      const invoice = invoices.get('acme', invoiceId)
      if (invoice === undefined) return
      invoices.put('acme', { ...invoice, status: 'void' })
      await store.transaction('acme', transaction => payments.releaseIn(transaction, { tenantId: 'acme', invoiceId }))
    }
  }
}

async function check({ payments, invoices, balance }: PaymentsUnderTest, invoiceIds: readonly string[]): Promise<void> {
  const { items } = await payments.list({ tenantId: 'acme', first: 500 })
  const received = items.filter(({ receivedAt }) => receivedAt !== null)
  const sum = (amounts: readonly Decimal[]) => amounts.reduce((total, one) => total.plus(one), ZERO)
  const allocated = sum(received.flatMap(({ allocations }) => allocations.map(allocation => allocation.amount)))
  const refunded = sum(received.map(payment => payment.refunded))
  expect(sum(received.map(payment => payment.amount)).toFixed()).toBe(
    allocated
      .plus(refunded)
      .plus(await balance())
      .toFixed(),
  )
  for (const payment of items) expect(payment.unallocated.gte(0) && payment.refunded.lte(payment.amount)).toBe(true)
  let paid = ZERO
  for (const invoiceId of invoiceIds) {
    const invoice = invoices.get('acme', invoiceId)
    const entries = await payments.allocationEntries('acme', invoiceId)
    expect(invoice?.amountPaid.toFixed()).toBe(sum(entries.map(entry => entry.amount)).toFixed())
    expect(invoice?.amountPaid.lte(invoice.total)).toBe(true)
    if (invoice?.status === 'void') expect(invoice.amountPaid.toFixed()).toBe('0')
    paid = paid.plus(invoice?.amountPaid ?? 0)
  }
  expect(paid.toFixed()).toBe(allocated.toFixed())
}
