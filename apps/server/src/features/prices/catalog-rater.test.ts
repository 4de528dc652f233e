import { Decimal, settableClock, Temporal } from '@tollgate/kernel'
import { createPriceCatalog, type Price } from '@tollgate/pricing'
import { completeTokenUsage } from '@tollgate/tokens'
import type { CheckedEvent } from '@tollgate/usage'
import { expect, it } from 'vitest'
import { catalogRater } from './catalog-rater.ts'

const FROM = Temporal.Instant.from('2026-01-01T00:00:00Z')
const price = (id: string, input: string, more: Partial<Price> = {}): Price => ({
  id,
  source: 'custom',
  tenantId: null,
  provider: 'openai',
  model: 'm',
  match: { equals: 'm' },
  from: FROM,
  to: null,
  timeOfDay: null,
  perMillionTokens: { input: { base: new Decimal(input), steps: [] } },
  perRequest: null,
  publishedAt: FROM,
  ...more,
})
const catalog = createPriceCatalog([
  price('shared', '2'),
  price('own', '1', { source: 'tenant', tenantId: 'acme' }),
  price('batch price', '0.5', { serviceTier: 'batch' }),
])

const event: CheckedEvent = {
  id: '01900000-0000-7000-8000-000000000000',
  tenantId: 'globex',
  idempotencyKey: 'k',
  payloadHash: '',
  occurredAtSent: true,
  occurredAt: FROM.add({ hours: 1 }),
  recordedAt: settableClock('2026-02-01T00:00:00Z').now(),
  operation: 'chat',
  status: 'success',
  provider: 'openai',
  model: 'm',
  tokens: completeTokenUsage({ input: 1_000_000 }),
  quantity: null,
  reportedCost: null,
  latencyMs: null,
  statusCode: null,
  errorMessage: null,
  metadata: {},
  reservationId: null,
  serviceTier: null,
}

it.each<[string, Partial<CheckedEvent>, { state: string; cost: string | null; priceId: string | null }]>([
  ['the price at its time', {}, { state: 'priced', cost: '2', priceId: 'shared' }],
  ["the tenant's own price", { tenantId: 'acme' }, { state: 'priced', cost: '1', priceId: 'own' }],
  ['the price, even if a cost is reported', { reportedCost: new Decimal('9') }, { state: 'priced', cost: '2', priceId: 'shared' }],
  ['no price before the first one starts', { occurredAt: FROM.subtract({ seconds: 1 }) }, { state: 'unpriced', cost: null, priceId: null }],
  [
    "the price of its service tier, not the tenant's own price for another tier",
    { tenantId: 'acme', serviceTier: 'batch' },
    { state: 'priced', cost: '0.5', priceId: 'batch price' },
  ],
  ["a provider's name for the standard tier", { serviceTier: 'default' }, { state: 'priced', cost: '2', priceId: 'shared' }],
  ['no price of another service tier', { serviceTier: 'flex' }, { state: 'unpriced', cost: null, priceId: null }],
  ['no price, if its model is unknown', { model: 'unheard-of' }, { state: 'unpriced', cost: null, priceId: null }],
  ['the reported cost, if its model is unknown', { model: 'unheard-of', reportedCost: new Decimal('0.5') }, { state: 'reported', cost: '0.5', priceId: null }],
  ['nothing, if it used no model', { provider: null, model: null, tokens: null }, { state: 'not_applicable', cost: null, priceId: null }],
  ['nothing, if it used no tokens', { tokens: null }, { state: 'not_applicable', cost: null, priceId: null }],
  [
    'the reported cost, if it used no model',
    { provider: null, model: null, tokens: null, reportedCost: new Decimal('0.25') },
    { state: 'reported', cost: '0.25', priceId: null },
  ],
])('rates an event by %s', async (_, more, expected) => {
  const [rating] = await catalogRater({ catalog: async () => catalog }).rate([{ ...event, ...more }])
  expect({ ...rating, cost: rating?.cost?.toFixed() ?? null }).toEqual(expected)
})

it('returns one rating per event, in order', async () => {
  const ratings = await catalogRater({ catalog: async () => catalog }).rate([event, { ...event, tenantId: 'acme' }, { ...event, tokens: null }])
  expect(ratings.map(({ priceId }) => priceId)).toEqual(['shared', 'own', null])
})
