import { countingIds, Decimal, type SettableClock, settableClock, ZERO } from '@tollgate/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type MemoryInvoiceLedger, memoryInvoiceLedger, memoryPaymentStore } from '../../../memory/index.ts'
import { PaymentProviderFailed, PaymentWebhookRejected } from '../../../model/payments/payment-errors.ts'
import { createPayments, type Payments } from '../../../payments/create-payments.ts'
import type { ProviderWebhook } from '../../../payments/payment-provider.ts'
import { START } from '../payment-store-setup.ts'
import type { MakeProvider, ProviderUnderTest } from './provider-setup.ts'

/** What differs between providers. */
export interface ProviderContractOptions {
  /** Whether a webhook that was signed long ago is rejected. PayPal's are not, because only PayPal can verify them; their ids keep repeats out. */
  readonly rejectsOldWebhooks: boolean
}

/** The contract of `PaymentProvider`: what every adapter must do, with the service and a server that keeps the provider's state. */
export function describePaymentProvider(name: string, make: MakeProvider, { rejectsOldWebhooks }: ProviderContractOptions): void {
  describe(`${name} payments`, () => {
    let clock: SettableClock
    let test: ProviderUnderTest
    let invoices: MemoryInvoiceLedger
    let payments: Payments
    let invoiceId: string
    beforeEach(async () => {
      clock = settableClock(START)
      test = await make(clock)
      invoices = memoryInvoiceLedger()
      const ids = countingIds()
      payments = createPayments({ store: memoryPaymentStore(), invoices, providers: [test.provider], clock, ids })
      invoiceId = ids.uuidV7(clock.now().epochMilliseconds)
      invoices.put('acme', { id: invoiceId, number: 'INV-7', status: 'finalized', currency: 'USD', total: new Decimal('12.34'), amountPaid: ZERO, dueAt: null })
    })
    afterEach(() => test.server[Symbol.asyncDispose]())

    const start = (idempotencyKey = 'start') =>
      payments.start({
        tenantId: 'acme',
        invoiceId,
        provider: test.provider.name,
        returnUrl: 'https://shop.example/paid',
        cancelUrl: 'https://shop.example/cancelled',
        customer: { name: 'Acme & Söhne', email: 'billing@acme.example' },
        idempotencyKey,
      })
    const receive = async (webhooks: readonly ProviderWebhook[]) => {
      const outcomes: string[] = []
      for (const webhook of webhooks) outcomes.push(...(await payments.receive(test.provider.name, webhook)))
      return outcomes
    }
    const paidOf = () => `${invoices.get('acme', invoiceId)?.status ?? ''} ${invoices.get('acme', invoiceId)?.amountPaid.toFixed() ?? ''}`
    const paid = async () => {
      const started = await start()
      await receive(test.pay(started.providerPaymentId))
      return started
    }
    const stored = async (paymentId: string) => (await payments.paymentsByIds('acme', [paymentId]))[0]

    it('are started once, and the payer gets a client secret or a page', async () => {
      const first = await start()
      expect((first.clientSecret ?? first.redirectUrl)?.length).toBeGreaterThan(5)
      expect(await start()).toEqual(first)
      expect(test.counts().payments).toBe(1)
    })

    it('are started once when the response to the first call was lost', async () => {
      test.server.cutResponses(true)
      await expect(start()).rejects.toMatchObject({ isTemporary: true })
      test.server.cutResponses(false)
      const { payment } = await start()
      expect([payment.status, test.counts().payments]).toEqual(['pending', 1])
    })

    it('pay the invoice when the payer has paid, whose webhook may come again', async () => {
      const { payment, providerPaymentId } = await start()
      const webhooks = test.pay(providerPaymentId)
      await receive(webhooks)
      expect(paidOf()).toBe('paid 12.34')
      expect((await receive(webhooks)).every(outcome => outcome === 'repeat')).toBe(true)
      expect(await stored(payment.id)).toMatchObject({ status: 'succeeded', currency: 'USD' })
      expect(paidOf()).toBe('paid 12.34')
    })

    it('fail when the payer is declined, and can still succeed', async () => {
      const { payment, providerPaymentId } = await start()
      await receive(test.decline(providerPaymentId))
      const failed = await stored(payment.id)
      expect(failed?.status).toBe('failed')
      expect(failed?.failureMessage).toMatch(/\w/)
      await receive(test.pay(providerPaymentId))
      expect(paidOf()).toBe('paid 12.34')
    })

    it('are refunded once, also when the response was lost, and the webhook of the refund changes nothing', async () => {
      const { payment } = await paid()
      const refund = () => payments.refund({ tenantId: 'acme', paymentId: payment.id, amount: '2.34', reason: 'too much', idempotencyKey: 'refund' })
      test.server.cutResponses(true)
      await expect(refund()).rejects.toThrow(PaymentProviderFailed)
      test.server.cutResponses(false)
      const { refund: made } = await refund()
      expect([made.status, test.counts().refunds, paidOf()]).toEqual(['succeeded', 1, 'partially_paid 10'])
      await refund()
      expect([test.counts().refunds, (await stored(payment.id))?.refunds.length]).toEqual([1, 1])
    })

    it('that are refunded with the provider are refunded here', async () => {
      const { payment, providerPaymentId } = await paid()
      const webhooks = test.refund(providerPaymentId, '12.34')
      await receive(webhooks)
      await receive(webhooks)
      expect(await stored(payment.id)).toMatchObject({ status: 'refunded', refunds: [{ status: 'succeeded' }] })
      expect(paidOf()).toBe('finalized 0')
    })

    it('ignore webhooks of payments that were not started here', async () => {
      const outcomes = await receive(test.payForeign())
      expect(outcomes.filter(outcome => outcome === 'applied')).toEqual([])
    })

    it('reject a webhook that was forged', async () => {
      const { providerPaymentId } = await start()
      for (const webhook of test.pay(providerPaymentId)) {
        const text = new TextDecoder().decode(webhook.body)
        const forged = new TextEncoder().encode(text.replaceAll('12.34', '99.99').replaceAll('1234', '9999').replace('{', '{"forged":1,'))
        await expect(receive([{ ...webhook, body: forged }])).rejects.toThrow(PaymentWebhookRejected)
        await expect(receive([{ ...webhook, headers: {} }])).rejects.toThrow(PaymentWebhookRejected)
      }
      expect(paidOf()).toBe('finalized 0')
    })

    if (rejectsOldWebhooks)
      it('reject a webhook that was signed long ago', async () => {
        const { providerPaymentId } = await start()
        const [webhook] = test.pay(providerPaymentId)
        if (webhook === undefined) throw new Error('There is no webhook')
        await expect(receive([{ ...webhook, receivedAt: webhook.receivedAt.add({ minutes: 6 }) }])).rejects.toThrow(PaymentWebhookRejected)
        await expect(receive([{ ...webhook, receivedAt: webhook.receivedAt.subtract({ minutes: 6 }) }])).rejects.toThrow(PaymentWebhookRejected)
      })

    it('say whether a failure of the provider is temporary', async () => {
      test.server.failNext(503)
      await expect(start('one')).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED', isTemporary: true })
      test.server.failNext(400)
      await expect(start('two')).rejects.toMatchObject({ code: 'PAYMENT_PROVIDER_FAILED', isTemporary: false })
    })
  })
}
