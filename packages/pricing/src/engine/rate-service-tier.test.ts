import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { rateUsage } from './rate-usage.ts'
import { makePrice } from '../testing/price.ts'

describe('a call with a service tier', () => {
  const standard = makePrice({ id: 'standard', rates: { input: '2', output: '4' } })
  const batch = makePrice({ id: 'batch', serviceTier: 'batch', rates: { input: '1', output: '2' } })
  const bundledBatch = makePrice({ id: 'bundled batch', source: 'bundled', serviceTier: 'batch', rates: { input: '1.5', output: '3' } })
  const ofAcme = makePrice({ id: 'of acme', tenantId: 'acme', rates: { input: '0.5', output: '1' } })

  it.each<{
    name: string
    prices: Parameters<typeof createPriceCatalog>[0]
    serviceTier?: string
    tenantId?: string
    price: string | undefined
    cost?: string
  }>([
    { name: 'at the standard price by default', prices: [batch, standard], price: 'standard', cost: '0.002' },
    { name: 'at the price of its tier', prices: [batch, standard], serviceTier: 'batch', price: 'batch', cost: '0.001' },
    { name: "by the provider's name for the tier", prices: [batch, standard], serviceTier: 'batches', price: 'batch', cost: '0.001' },
    { name: 'as unpriced if its tier is unknown', prices: [standard, batch], serviceTier: 'turbo', price: undefined },
    { name: 'at a custom price before a list price', prices: [bundledBatch, batch], serviceTier: 'batch', price: 'batch', cost: '0.001' },
    {
      name: "at the list price of its tier, not at the tenant's price of another tier",
      prices: [ofAcme, bundledBatch],
      serviceTier: 'batch',
      tenantId: 'acme',
      price: 'bundled batch',
      cost: '0.0015',
    },
    { name: 'as unpriced if its tier has no price', prices: [standard, ofAcme, batch], serviceTier: 'priority', tenantId: 'acme', price: undefined },
    { name: 'as unpriced if it is standard and only batch has a price', prices: [batch], price: undefined },
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

  it('names the tier in the reason why it is unpriced', () => {
    const rated = rateUsage({
      catalog: createPriceCatalog([standard]),
      provider: 'acme-ai',
      model: 'large',
      tokens: { input: 1 },
      at: '2026-06-01T00:00:00Z',
      serviceTier: 'flex',
    })
    expect(rated).toMatchObject({
      state: 'unpriced',
      reason: 'no_price_as_served',
      message: expect.stringContaining('there is no flex price for the model "large"'),
    })
  })

  it('is rated only during the interval of the price', () => {
    const july = makePrice({ id: 'july', serviceTier: 'batch', from: '2026-07-01T00:00:00Z' })
    const at = (text: string) =>
      createPriceCatalog([standard, july]).find({ provider: 'acme-ai', model: 'large', serviceTier: 'batch', at: Temporal.Instant.from(text) })?.id
    expect([at('2026-06-30T23:59:59Z'), at('2026-07-01T00:00:00Z')]).toEqual([undefined, 'july'])
  })
})
