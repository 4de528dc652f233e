import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { rateUsage } from './rate-usage.ts'
import { makePrice } from '../testing/price.ts'

describe('a call of a tier', () => {
  const standard = makePrice({ id: 'standard', rates: { input: '2', output: '4' } })
  const batch = makePrice({ id: 'batch', serviceTier: 'batch', rates: { input: '1', output: '2' } })
  const listedBatch = makePrice({ id: 'listed batch', source: 'bundled', serviceTier: 'batch', rates: { input: '1.5', output: '3' } })
  const acmes = makePrice({ id: 'acmes', tenantId: 'acme', rates: { input: '0.5', output: '1' } })

  it.each<{
    name: string
    prices: Parameters<typeof createPriceCatalog>[0]
    serviceTier?: string
    tenantId?: string
    price: string | undefined
    cost?: string
  }>([
    { name: 'standard where it is not named', prices: [batch, standard], price: 'standard', cost: '0.002' },
    { name: 'at the price of its tier', prices: [batch, standard], serviceTier: 'batch', price: 'batch', cost: '0.001' },
    { name: "at the price of what the provider's word for its tier means", prices: [batch, standard], serviceTier: 'batches', price: 'batch', cost: '0.001' },
    { name: 'not at all where nobody knows its tier', prices: [standard, batch], serviceTier: 'turbo', price: undefined },
    { name: 'at a custom price before a listed one', prices: [listedBatch, batch], serviceTier: 'batch', price: 'batch', cost: '0.001' },
    {
      name: "at a listed price of its tier rather than at the tenant's own of another",
      prices: [acmes, listedBatch],
      serviceTier: 'batch',
      tenantId: 'acme',
      price: 'listed batch',
      cost: '0.0015',
    },
    { name: 'not at all where its tier has no price', prices: [standard, acmes, batch], serviceTier: 'priority', tenantId: 'acme', price: undefined },
    { name: 'not at the price of a batch where it was standard', prices: [batch], price: undefined },
  ])('is rated $name', ({ prices, serviceTier, tenantId, price, cost }) => {
    const rated = rateUsage({
      catalog: createPriceCatalog(prices),
      provider: 'acme-ai',
      model: 'large',
      tokens: { input: 1_000 },
      at: '2026-06-01T00:00:00Z',
      serviceTier,
      tenantId,
    })
    expect(rated.price?.id).toBe(price)
    expect(rated.cost?.toFixed()).toBe(cost)
  })

  it('is unpriced with a reason that names the tier', () => {
    const rated = rateUsage({
      catalog: createPriceCatalog([standard]),
      provider: 'acme-ai',
      model: 'large',
      tokens: { input: 1 },
      at: '2026-06-01T00:00:00Z',
      serviceTier: 'flex',
    })
    expect(rated).toMatchObject({ state: 'unpriced', reason: expect.stringContaining('no flex price is known for the model "large"') })
  })

  it('has a price in the catalogue at its time only', () => {
    const july = makePrice({ id: 'july', serviceTier: 'batch', from: '2026-07-01T00:00:00Z' })
    const at = (text: string) =>
      createPriceCatalog([standard, july]).find({ provider: 'acme-ai', model: 'large', serviceTier: 'batch', at: Temporal.Instant.from(text) })?.id
    expect([at('2026-06-30T23:59:59Z'), at('2026-07-01T00:00:00Z')]).toEqual([undefined, 'july'])
  })
})
