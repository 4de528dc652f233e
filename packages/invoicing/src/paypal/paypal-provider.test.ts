import { countingIds, Decimal, settableClock, ZERO } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { memoryInvoiceLedger, memoryPaymentStore } from '../memory/index.ts'
import { createPayments } from '../payments/index.ts'
import { describePaymentProvider, type PayPalServer, startPayPalServer } from '../testing/index.ts'
import { paypalProvider } from './index.ts'

const open = ({ clientId, clientSecret, webhookId, url }: PayPalServer, clock = settableClock('2026-03-10T12:00:00Z')) =>
  paypalProvider({ clientId, clientSecret, webhookId, url, clock })

describePaymentProvider(
  'PayPal',
  async clock => {
    const server = await startPayPalServer(clock)
    return { ...server, provider: open(server, clock), server, clock }
  },
  { rejectsOldWebhooks: false },
)

it('captures an order once when the payer has approved it, and keeps access tokens until they expire', async () => {
  const clock = settableClock('2026-03-10T12:00:00Z')
  await using server = await startPayPalServer(clock)
  const invoices = memoryInvoiceLedger()
  const payments = createPayments({ store: memoryPaymentStore(), invoices, providers: [open(server, clock)], clock, ids: countingIds() })
  invoices.put('acme', { id: 'i1', number: null, status: 'finalized', currency: 'JPY', total: new Decimal(1_200), amountPaid: ZERO, dueAt: null })
  const customer = { name: 'Acme', email: null }
  const { providerPaymentId, payment } = await payments.start({ tenantId: 'acme', invoiceId: 'i1', provider: 'paypal', customer, idempotencyKey: '1' })
  await payments.complete({ tenantId: 'acme', paymentId: payment.id })
  expect(invoices.get('acme', 'i1')?.status).toBe('finalized')
  const [approved] = server.approve(providerPaymentId)
  if (approved === undefined) throw new Error('There is no webhook')
  expect(await payments.receive('paypal', approved)).toEqual(['applied'])
  expect(invoices.get('acme', 'i1')).toMatchObject({ status: 'paid', amountPaid: new Decimal(1_200) })
  const [completed] = server.pay(providerPaymentId)
  if (completed !== undefined) await payments.receive('paypal', completed)
  expect(await payments.balances('acme')).toEqual([])
  expect(server.counts().tokens).toBe(1)
  clock.advance({ hours: 9 })
  await payments.start({ tenantId: 'acme', invoiceId: 'i1', provider: 'paypal', customer, idempotencyKey: '1' })
  expect(server.counts()).toMatchObject({ tokens: 2, payments: 1 })
})
