import { describe, expect, it } from 'vitest'
import { currentPrice, priceChanges } from './price-changes.ts'

const PRICE = {
  id: 'price_1',
  source: 'BUNDLED',
  tenant: null,
  from: null,
  serviceTier: 'STANDARD',
  speed: null,
  region: null,
  perRequest: null,
  perMillionTokens: { input: '2.50', output: '10', cacheRead: '1.25' },
} as const
const NOTHING = { input: '', output: '', cacheRead: '', perRequest: '' }

describe('what a new price changes', () => {
  it('is each rate that differs, and those that it has no more', () => {
    expect(priceChanges(PRICE, { ...NOTHING, input: '3', output: '10.0' })).toEqual([
      { label: 'Input tokens', before: '$2.50', after: '$3.00' },
      { label: 'Cached input tokens', before: '$1.25', after: undefined },
    ])
  })

  it('is new for a model without a price, and nothing before a rate is typed', () => {
    expect(priceChanges(undefined, { ...NOTHING, perRequest: '0.01' })).toEqual([{ label: 'Each request', before: undefined, after: '$0.01' }])
    expect(priceChanges(PRICE, NOTHING)).toEqual([])
  })

  it('is compared with the price of ordinary calls of all tenants: your own before that of a public list', () => {
    const own = { ...PRICE, id: 'price_2', source: 'CUSTOM' } as const
    const others = [
      { ...own, id: 'price_3', tenant: { id: 'acme' } },
      { ...own, id: 'price_4', serviceTier: 'BATCH' },
    ] as const
    expect(currentPrice([...others, PRICE, own])?.id).toBe('price_2')
    expect(currentPrice(others)).toBeUndefined()
  })
})
