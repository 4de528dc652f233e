import { Decimal, settableClock } from '@tollgate/kernel'
import { expect, it } from 'vitest'
import { type CoinbaseServer, describePaymentProvider, startCoinbaseServer } from '../testing/index.ts'
import { coinbaseProvider } from './index.ts'

const open = ({ key, webhookSecret, url }: CoinbaseServer, clock = settableClock('2026-03-10T12:00:00Z')) =>
  coinbaseProvider({ key, webhookSecret, url, clock })

describePaymentProvider(
  'Coinbase',
  async clock => {
    const server = await startCoinbaseServer(clock)
    return { ...server, provider: open(server, clock), server, clock }
  },
  { rejectsOldWebhooks: true },
)

const REQUEST = { tenantId: 'acme', paymentId: 'p1', providerPaymentId: null, customerId: null, description: 'Invoice 1', returnUrl: null, cancelUrl: null }

it('signs requests with either form of key', async () => {
  await using server = await startCoinbaseServer(settableClock('2026-03-10T12:00:00Z'), 'Ed25519')
  const { redirectUrl } = await open(server).start({ ...REQUEST, amount: new Decimal(5), currency: 'EUR' })
  expect(redirectUrl).toMatch(/^https:\/\/payments\.coinbase\.com\//)
  expect(() => coinbaseProvider({ key: { id: 'k', secret: 'short' }, clock: settableClock('2026-03-10T12:00:00Z') })).toThrow('must be PEM, or 64 bytes')
})

it('rejects a currency that Coinbase does not take', async () => {
  await using server = await startCoinbaseServer(settableClock('2026-03-10T12:00:00Z'))
  await expect(open(server).start({ ...REQUEST, amount: new Decimal(5), currency: 'JPY' })).rejects.toThrow('it takes USD, EUR, GBP, SGD, and not JPY')
})
