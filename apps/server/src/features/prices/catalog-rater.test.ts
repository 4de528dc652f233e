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
  price('shared', '2', { units: [{ kind: 'web_search', price: new Decimal('10'), per: 1_000 }] }),
  price('own', '1', { source: 'tenant', tenantId: 'acme' }),
  price('batch price', '0.5', { serviceTier: 'batch' }),
  price('eu', '2.2', { region: 'eu' }),
  price('router', '3', { provider: 'openrouter' }),
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
  credits: null,
  description: null,
  resourceType: null,
  resourceId: null,
  metadata: {},
  reservationId: null,
  serviceTier: null,
  units: [],
  speed: null,
  region: null,
}

const unpriced = (unpricedReason: string) => ({ state: 'unpriced', cost: null, priceId: null, unpricedReason })

type Traits = Partial<CheckedEvent>

it.each<[string, Traits, { state: string; cost: string | null; priceId: string | null; unpricedReason?: string }]>([
  ['the price at its time', {}, { state: 'priced', cost: '2', priceId: 'shared' }],
  ["the tenant's own price", { tenantId: 'acme' }, { state: 'priced', cost: '1', priceId: 'own' }],
  ['the price, even if a cost is reported', { reportedCost: new Decimal('9') }, { state: 'priced', cost: '2', priceId: 'shared' }],
  ['no price before the first one starts', { occurredAt: FROM.subtract({ seconds: 1 }) }, unpriced('no_price_at_time')],
  [
    "the price of its service tier, not the tenant's own price for another tier",
    { tenantId: 'acme', serviceTier: 'batch' },
    { state: 'priced', cost: '0.5', priceId: 'batch price' },
  ],
  ["a provider's name for the standard tier", { serviceTier: 'default' }, { state: 'priced', cost: '2', priceId: 'shared' }],
  ['no price of another service tier', { serviceTier: 'flex' }, unpriced('no_price_as_served')],
  ['no price of another speed', { speed: 'fast' }, unpriced('no_price_as_served')],
  ['the price of its region', { region: 'eu' }, { state: 'priced', cost: '2.2', priceId: 'eu' }],
  ['no price, if its model is unknown', { model: 'unheard-of' }, unpriced('unknown_model')],
  ['no price, if it names a provider only', { model: null }, unpriced('no_model')],
  ['no price, if it names a model only', { provider: null }, unpriced('no_model')],
  ['no price, if its usage never arrived', { tokens: null }, unpriced('no_usage')],
  ['no price, if it is a transcription in seconds that is priced by token', { tokens: null, quantity: new Decimal('60') }, unpriced('no_usage')],
  ['no price, if some pool has no rate', { tokens: completeTokenUsage({ input: 1, cacheReadAudio: 1 }) }, unpriced('no_rate_for_pool')],
  ['no price, if some unit has no price', { units: [{ kind: 'image', quantity: '1' }] }, unpriced('no_price_for_unit')],
  ['the price of its units', { tokens: null, units: [{ kind: 'web_search', quantity: '3' }] }, { state: 'priced', cost: '0.03', priceId: 'shared' }],
  ['the price of its tokens and units', { units: [{ kind: 'web_search', quantity: '3' }] }, { state: 'priced', cost: '2.03', priceId: 'shared' }],
  ['0, if the provider refused it', { tokens: null, status: 'rate_limited' }, { state: 'priced', cost: '0', priceId: 'shared' }],
  ['0, if the provider answered with an error', { tokens: null, status: 'failure', statusCode: 503 }, { state: 'priced', cost: '0', priceId: 'shared' }],
  ['no price, if it failed after the provider may have started', { tokens: null, status: 'failure' }, unpriced('no_usage')],
  ['the price of its tokens, even if it failed', { status: 'failure', statusCode: 500 }, { state: 'priced', cost: '2', priceId: 'shared' }],
  [
    'the cost that OpenRouter reports, although it has a price',
    { provider: 'openrouter', reportedCost: new Decimal('0.7') },
    { state: 'reported', cost: '0.7', priceId: null },
  ],
  ['the price of OpenRouter, if it reports no cost', { provider: 'openrouter' }, { state: 'priced', cost: '3', priceId: 'router' }],
  ['the reported cost, if its usage never arrived', { tokens: null, reportedCost: new Decimal('0.5') }, { state: 'reported', cost: '0.5', priceId: null }],
  ['the reported cost, if its model is unknown', { model: 'unheard-of', reportedCost: new Decimal('0.5') }, { state: 'reported', cost: '0.5', priceId: null }],
  ['nothing, if it used no model', { provider: null, model: null, tokens: null }, { state: 'not_applicable', cost: null, priceId: null }],
  [
    'the reported cost, if it used no model',
    { provider: null, model: null, tokens: null, reportedCost: new Decimal('0.25') },
    { state: 'reported', cost: '0.25', priceId: null },
  ],
])('rates an event by %s', async (_, more, expected) => {
  const [rating] = await catalogRater({ catalog: async () => catalog }).rate([{ ...event, ...more }])
  expect({ ...rating, cost: rating?.cost?.toFixed() ?? null }).toEqual({ unpricedReason: null, ...expected })
})

it('returns one rating per event, in order', async () => {
  const ratings = await catalogRater({ catalog: async () => catalog }).rate([event, { ...event, tenantId: 'acme' }, { ...event, tokens: null }])
  expect(ratings.map(({ priceId }) => priceId)).toEqual(['shared', 'own', null])
})
