import { CurrencyMismatch, Decimal, InvalidInput, NotFound, Temporal } from '@tollgate/kernel'
import fc from 'fast-check'
import { beforeEach, describe, expect, it } from 'vitest'
import { InvoiceNotPayable, PaymentKeyReused, PaymentNotRefundable, PaymentProviderFailed, RefundTooLarge } from '../../model/payments/payment-errors.ts'
import type { PaymentChange, ProviderEvent } from '../../model/payments/provider-event.ts'
import { conservePayments, paymentStep } from './payment-conservation.ts'
import { type MakePaymentStore, makePayments, type PaymentsUnderTest } from './payment-store-setup.ts'

/** The contract of `PaymentStore`: what every adapter must do. */
export function describePaymentStore(name: string, make: MakePaymentStore, { numRuns }: { readonly numRuns: number }): void {
  describe(`${name} payment store`, () => {
    let test: PaymentsUnderTest
    beforeEach(async () => {
      test = await makePayments(make)
    })

    const record = (amount: string, terms: { invoiceId?: string; currency?: string; idempotencyKey?: string } = {}) =>
      test.payments.record({ tenantId: 'acme', amount, currency: 'USD', idempotencyKey: `key ${amount}`, ...terms })
    const start = (invoiceId: string, idempotencyKey = 'start') =>
      test.payments.start({ tenantId: 'acme', invoiceId, provider: 'scripted', customer: { name: 'Acme', email: null }, idempotencyKey })
    const event = (paymentId: string, change: PaymentChange, id: string = change.kind): ProviderEvent => ({
      id,
      tenantId: 'acme',
      paymentId,
      providerPaymentId: `pay_${paymentId}`,
      occurredAt: test.clock.now(),
      change,
    })
    const succeeded = (amount: string): PaymentChange => ({ kind: 'succeeded', amount: new Decimal(amount), currency: 'USD' })
    const refunded = (amount: string): PaymentChange => ({
      kind: 'refund',
      refundId: null,
      providerRefundId: 're_1',
      amount: new Decimal(amount),
      status: 'succeeded',
      message: null,
    })

    it('pays the named invoice first, then the oldest due, and keeps the rest as balance', async () => {
      const late = test.addInvoice('10', { dueAt: Temporal.Instant.from('2026-06-01T00:00:00Z') })
      const early = test.addInvoice('10', { dueAt: Temporal.Instant.from('2026-05-01T00:00:00Z') })
      const named = test.addInvoice('10', { dueAt: Temporal.Instant.from('2026-07-01T00:00:00Z') })
      await record('14', { invoiceId: named })
      expect([late, early, named].map(test.paidOf)).toEqual(['finalized 0', 'partially_paid 4', 'paid 10'])
      const { payment } = await record('20')
      expect([late, early, named].map(test.paidOf)).toEqual(['paid 10', 'paid 10', 'paid 10'])
      expect([payment.status, payment.unallocated.toFixed(), await test.balance()]).toEqual(['succeeded', '4', '4'])
    })

    it('pays a later invoice with the balance', async () => {
      await record('15')
      const invoice = test.addInvoice('10')
      await test.store.transaction('acme', transaction => test.payments.allocateIn(transaction, 'acme'))
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['paid 10', '5'])
    })

    it('records a payment once for each idempotency key', async () => {
      const first = await record('5', { idempotencyKey: 'order-1' })
      const again = await record('5.00', { idempotencyKey: 'order-1' })
      expect([again.isRepeat, again.payment.id, await test.balance()]).toEqual([true, first.payment.id, '5'])
      await expect(record('6', { idempotencyKey: 'order-1' })).rejects.toThrow(PaymentKeyReused)
    })

    it('records a payment once for concurrent calls with one key', async () => {
      const invoice = test.addInvoice('100')
      const recorded = await Promise.all(Array.from({ length: 8 }, () => record('5', { invoiceId: invoice, idempotencyKey: 'order-1' })))
      expect(new Set(recorded.map(({ payment }) => payment.id)).size).toBe(1)
      expect(test.paidOf(invoice)).toBe('partially_paid 5')
    })

    it('rejects a payment of a void invoice, of a draft, of another currency, and of an unknown invoice', async () => {
      await expect(record('5', { invoiceId: test.addInvoice('10', { status: 'void' }) })).rejects.toThrow(InvoiceNotPayable)
      await expect(record('5', { invoiceId: test.addInvoice('10', { status: 'draft' }) })).rejects.toThrow(InvoiceNotPayable)
      await expect(record('5', { invoiceId: test.addInvoice('10'), currency: 'EUR' })).rejects.toThrow(CurrencyMismatch)
      await expect(record('5', { invoiceId: '00000000-0000-7000-8000-000000000000' })).rejects.toThrow(NotFound)
      expect((await test.payments.list({ tenantId: 'acme' })).items).toEqual([])
    })

    it.each(['-5', '0', '1.005', 'NaN', '1e3', '1000000000000000'])('rejects the amount %s', async amount => {
      await expect(record(amount)).rejects.toThrow(InvalidInput)
    })

    it('does not pay invoices of another currency with the balance', async () => {
      const invoice = test.addInvoice('10', { currency: 'EUR' })
      await record('10')
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['finalized 0', '10'])
    })

    it('starts a payment with the provider once, and with the same customer', async () => {
      const invoice = test.addInvoice('10')
      const first = await start(invoice)
      const again = await start(invoice)
      await start(invoice, 'another')
      expect(again).toEqual(first)
      expect(first).toMatchObject({ clientSecret: `secret_${first.payment.id}`, payment: { status: 'pending', providerPaymentId: `pay_${first.payment.id}` } })
      expect(test.provider.calls.filter(call => call.startsWith('customer'))).toEqual(['customer acme'])
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['finalized 0', '0'])
    })

    it('applies an event once', async () => {
      const invoice = test.addInvoice('10')
      const { payment } = await start(invoice)
      const paid = event(payment.id, succeeded('10'))
      expect(await test.receive(paid, paid)).toEqual(['applied', 'repeat'])
      expect(await test.receive(paid)).toEqual(['repeat'])
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['paid 10', '0'])
      expect(await test.receive(event('00000000-0000-7000-8000-000000000000', succeeded('1')))).toEqual(['unknown_payment'])
      expect(await test.receive(event('not ours', succeeded('1')))).toEqual(['unknown_payment'])
    })

    it.each([
      { order: ['succeeded', 'failed', 'refund'] as const },
      { order: ['refund', 'failed', 'succeeded'] as const },
      { order: ['failed', 'succeeded', 'refund'] as const },
    ])('has the same result for events in the order $order', async ({ order }) => {
      const invoice = test.addInvoice('10')
      const { payment } = await start(invoice)
      const changes = { succeeded: succeeded('10'), failed: { kind: 'failed', message: 'declined' }, refund: refunded('4') } as const
      for (const kind of order) await test.receive(event(payment.id, changes[kind]))
      const [after] = await test.payments.paymentsByIds('acme', [payment.id])
      expect([after?.status, after?.refunded.toFixed(), test.paidOf(invoice)]).toEqual(['partially_refunded', '4', 'partially_paid 6'])
    })

    it('keeps money that arrives for a void invoice as balance', async () => {
      const invoice = test.addInvoice('10')
      const { payment } = await start(invoice)
      test.invoices.put('acme', { ...voided(test, invoice) })
      await test.receive(event(payment.id, succeeded('10')))
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['void 0', '10'])
    })

    it('moves what is paid of a void invoice to the balance, and pays other invoices with it', async () => {
      const invoice = test.addInvoice('10')
      await record('10', { invoiceId: invoice })
      const other = test.addInvoice('4')
      test.invoices.put('acme', { ...voided(test, invoice) })
      await test.store.transaction('acme', transaction => test.payments.releaseIn(transaction, { tenantId: 'acme', invoiceId: invoice }))
      expect([test.paidOf(invoice), test.paidOf(other), await test.balance()]).toEqual(['void 0', 'paid 4', '6'])
    })

    it('refunds the balance first, then takes from invoices, which are due again', async () => {
      const invoice = test.addInvoice('10')
      const { payment } = await record('12', { invoiceId: invoice })
      await test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '3', idempotencyKey: 'refund' })
      expect([test.paidOf(invoice), await test.balance()]).toEqual(['partially_paid 9', '0'])
      const again = await test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '3', idempotencyKey: 'refund' })
      expect(again.payment).toMatchObject({ status: 'partially_refunded', refunds: [{ status: 'succeeded' }] })
      await expect(test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '9.01', idempotencyKey: 'more' })).rejects.toThrow(RefundTooLarge)
      await expect(test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '2', idempotencyKey: 'refund' })).rejects.toThrow(PaymentKeyReused)
      const rest = await test.payments.refund({ tenantId: 'acme', paymentId: payment.id, idempotencyKey: 'rest' })
      expect([rest.payment.status, test.paidOf(invoice)]).toEqual(['refunded', 'finalized 0'])
    })

    it('does not refund a payment that is pending', async () => {
      const { payment } = await start(test.addInvoice('10'))
      await expect(test.payments.refund({ tenantId: 'acme', paymentId: payment.id, idempotencyKey: 'refund' })).rejects.toThrow(PaymentNotRefundable)
    })

    it('resumes a refund whose provider could not be reached, and counts its webhook once', async () => {
      const { payment } = await start(test.addInvoice('10'))
      await test.receive(event(payment.id, succeeded('10')))
      test.provider.respondToRefunds(() => Promise.reject(new PaymentProviderFailed('scripted', 'no answer', { isTemporary: true })))
      const refund = () => test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '4', idempotencyKey: 'refund' })
      await expect(refund()).rejects.toThrow(PaymentProviderFailed)
      test.provider.respondToRefunds(async () => ({ providerRefundId: 're_1', status: 'succeeded', message: null }))
      const { payment: after, refund: made } = await refund()
      await test.receive(event(payment.id, { ...refunded('4'), kind: 'refund', refundId: made.id } as PaymentChange))
      expect(after.refunded.toFixed()).toBe('4')
      expect(new Set(test.provider.calls.filter(call => call.startsWith('refund')))).toEqual(new Set([`refund ${made.id}`]))
      const [stored] = await test.payments.paymentsByIds('acme', [payment.id])
      expect(stored).toMatchObject({ status: 'partially_refunded', refunds: [{ id: made.id, providerRefundId: 're_1', status: 'succeeded' }] })
    })

    it('gives the money of a failed refund back to the invoice', async () => {
      const invoice = test.addInvoice('10')
      const { payment } = await start(invoice)
      await test.receive(event(payment.id, succeeded('10')))
      test.provider.respondToRefunds(async () => ({ providerRefundId: 're_1', status: 'failed', message: 'account closed' }))
      const { refund } = await test.payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '4', idempotencyKey: 'refund' })
      expect([refund.status, refund.failureMessage, test.paidOf(invoice)]).toEqual(['failed', 'account closed', 'paid 10'])
    })

    it('completes a payment that its payer has approved', async () => {
      const invoice = test.addInvoice('10')
      const { payment } = await start(invoice)
      test.provider.respondToCompletion([event(payment.id, succeeded('10'), 'capture')])
      expect(await test.receive(event(payment.id, { kind: 'approved' }))).toEqual(['applied'])
      expect((await test.payments.complete({ tenantId: 'acme', paymentId: payment.id })).status).toBe('succeeded')
      expect(test.provider.calls.filter(call => call.startsWith('complete'))).toHaveLength(1)
      expect(test.paidOf(invoice)).toBe('paid 10')
    })

    it('lists payments in pages, latest first, by status and invoice', async () => {
      const invoice = test.addInvoice('4')
      const ids: string[] = []
      for (const amount of ['1', '2', '3']) {
        test.clock.advance({ minutes: 1 })
        ids.unshift((await record(amount, amount === '3' ? { invoiceId: invoice } : {})).payment.id)
      }
      const page = await test.payments.list({ tenantId: 'acme', first: 2 })
      expect([page.items.map(({ id }) => id), page.hasMore]).toEqual([ids.slice(0, 2), true])
      const rest = await test.payments.list({ tenantId: 'acme', first: 2, after: ids[1] })
      expect([rest.items.map(({ id }) => id), rest.hasMore]).toEqual([ids.slice(2), false])
      expect((await test.payments.list({ tenantId: 'acme', status: 'pending' })).items).toEqual([])
      expect((await test.payments.list({ tenantId: 'acme', invoiceId: invoice })).items.map(({ id }) => id)).toEqual(ids)
      expect((await test.payments.list({ tenantId: 'globex' })).items).toEqual([])
    })

    it('money that was received is what invoices have, what was refunded and the balance, after any steps', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(paymentStep, { minLength: 5, maxLength: 30, size: 'max' }), steps => conservePayments(make, steps)),
        { numRuns, endOnFailure: true },
      )
    })
  })
}

function voided({ invoices }: PaymentsUnderTest, invoiceId: string) {
  const invoice = invoices.get('acme', invoiceId)
  if (invoice === undefined) throw new Error('There is no such invoice')
  return { ...invoice, status: 'void' as const }
}
