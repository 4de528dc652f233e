import { countingIds, Decimal, settableClock, Temporal } from '@tollgate/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { describePaymentProvider, startStripeServer, type StripeServer } from '../testing/index.ts'
import { stripeProvider } from './index.ts'
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts'

const START = '2026-03-10T12:00:00Z'
const open = ({ secretKey, webhookSecret, host, port }: StripeServer) => stripeProvider({ secretKey, webhookSecret, api: { host, port, protocol: 'http' } })

describePaymentProvider(
  'Stripe',
  async clock => {
    const server = await startStripeServer(clock)
    return { ...server, provider: open(server), server, clock }
  },
  { rejectsOldWebhooks: true },
)

describe('Stripe', () => {
  const clock = settableClock(START)
  let server: StripeServer
  beforeEach(async () => {
    server = await startStripeServer(clock)
  })
  afterEach(() => server[Symbol.asyncDispose]())

  const request = { tenantId: 'acme', customerId: 'cus_1', description: 'Invoice 1', returnUrl: null, cancelUrl: null, providerPaymentId: null }

  it.each([
    { amount: '12.34', currency: 'USD', minor: 1_234 },
    { amount: '500', currency: 'JPY', minor: 500 },
    { amount: '1.230', currency: 'KWD', minor: 1_230 },
    { amount: '7', currency: 'ISK', minor: 700 },
  ])('writes $amount $currency as $minor, and reads it back', ({ amount, currency, minor }) => {
    expect(toStripeAmount(new Decimal(amount), currency)).toBe(minor)
    expect(fromStripeAmount(minor, currency.toLowerCase())).toEqual({ amount: new Decimal(amount), currency })
  })

  it('rejects an amount with more decimal places than Stripe takes', () => {
    expect(() => toStripeAmount(new Decimal('1.234'), 'KWD')).toThrow('amounts in KWD need two decimal places')
  })

  it('reads money that a bank takes back as a refund, and money that it returns as a refund that failed', async () => {
    const provider = open(server)
    const paymentId = countingIds().uuidV7(0)
    const { providerPaymentId } = await provider.start({ ...request, paymentId, amount: new Decimal('12.34'), currency: 'USD' })
    server.pay(providerPaymentId)
    const read = async (what: 'funds_withdrawn' | 'funds_reinstated') => {
      const [webhook] = server.dispute(providerPaymentId, what)
      return webhook && (await provider.readWebhook?.(webhook))?.[0]
    }
    const refund = { kind: 'refund', providerRefundId: `dp_${providerPaymentId}`, amount: new Decimal('12.34') }
    expect(await read('funds_withdrawn')).toMatchObject({ tenantId: 'acme', paymentId, change: { ...refund, status: 'succeeded' } })
    expect(await read('funds_reinstated')).toMatchObject({ tenantId: 'acme', paymentId, change: { ...refund, status: 'failed' } })
  })

  it('finds a refund again when Stripe has forgotten its idempotency key', async () => {
    const provider = open(server)
    const { providerPaymentId } = await provider.start({ ...request, paymentId: 'p1', amount: new Decimal(10), currency: 'USD' })
    server.pay(providerPaymentId)
    const refund = { tenantId: 'acme', paymentId: 'p1', providerPaymentId, refundId: 'r1', amount: new Decimal(4), currency: 'USD', reason: null }
    const first = await provider.refund?.(refund)
    server.forgetKeys()
    expect(await provider.refund?.(refund)).toEqual(first)
    expect(server.counts().refunds).toBe(1)
  })

  it('does not show parts of a wrong key', async () => {
    const provider = stripeProvider({ secretKey: 'sk_live_of_somebody', api: { host: server.host, port: server.port, protocol: 'http' } })
    const failure = provider.start({ ...request, paymentId: 'p1', amount: new Decimal(10), currency: 'USD' })
    await expect(failure).rejects.toThrow('the secret key is not valid')
    const webhook = { headers: {}, body: new Uint8Array(), receivedAt: Temporal.Instant.from(START) }
    await expect(provider.readWebhook?.(webhook)).rejects.toThrow('no secret is set for webhooks')
  })
})
