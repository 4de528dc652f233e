import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../model/price.ts'
import { createPriceCatalog, type PriceLookup } from './price-catalog.ts'
import { makePrice } from '../../testing/price.ts'

const AT = '2026-06-15T12:00:00Z'

const find = (prices: readonly Price[], { at = AT, ...lookup }: Partial<Omit<PriceLookup, 'at'>> & { at?: string } = {}) =>
  createPriceCatalog(prices).find({ provider: 'acme-ai', model: 'large', ...lookup, at: Temporal.Instant.from(at) })?.id

const bundled = makePrice({ id: 'bundled', source: 'bundled' })
const custom = makePrice({ id: 'custom' })
const ofAcme = makePrice({ id: 'of-acme', tenantId: 'acme' })

describe('precedence', () => {
  it.each([
    { prices: [ofAcme, custom, bundled], tenantId: 'acme', expected: 'of-acme' },
    { prices: [bundled, custom, ofAcme], tenantId: 'acme', expected: 'of-acme' },
    { prices: [bundled, custom, ofAcme], tenantId: 'globex', expected: 'custom' },
    { prices: [bundled, custom, ofAcme], tenantId: undefined, expected: 'custom' },
    { prices: [bundled, ofAcme], tenantId: 'globex', expected: 'bundled' },
    { prices: [ofAcme], tenantId: 'globex', expected: undefined },
    { prices: [], tenantId: 'acme', expected: undefined },
  ])('of $prices.length prices, selects $expected for $tenantId', ({ prices, tenantId, expected }) => {
    expect(find(prices, { tenantId })).toBe(expected)
  })

  it('falls back to the next source if the first has no price at the time', () => {
    const soon = makePrice({ id: 'soon', tenantId: 'acme', from: '2026-07-01T00:00:00Z' })
    expect(find([bundled, custom, soon], { tenantId: 'acme' })).toBe('custom')
    expect(find([bundled, custom, soon], { tenantId: 'acme', at: '2026-07-01T00:00:00Z' })).toBe('soon')
  })

  it('prefers the price published last, in any order of the list', () => {
    const first = makePrice({ id: 'first', publishedAt: '2026-01-01T00:00:00Z' })
    const second = makePrice({ id: 'second', publishedAt: '2026-02-01T00:00:00Z', from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' })
    for (const prices of [
      [first, second],
      [second, first],
    ]) {
      expect(find(prices, { at: '2026-03-15T00:00:00Z' })).toBe('second')
      expect(find(prices, { at: '2026-04-01T00:00:00Z' })).toBe('first')
    }
  })

  it('of prices published at the same time, prefers one for a time of day, then the later one in the list', () => {
    const night = makePrice({ id: 'night', timeOfDay: { from: '20:00:00', to: '06:00:00' } })
    const [one, two] = [makePrice({ id: 'one' }), makePrice({ id: 'two' })]
    expect(find([night, one, two], { at: '2026-06-15T23:00:00Z' })).toBe('night')
    expect(find([night, one, two])).toBe('two')
  })

  it('prefers the dated name to the shorter one, whichever was published last', () => {
    const dated = makePrice({ id: 'dated', model: 'large-2026-01-01', publishedAt: '2026-01-01T00:00:00Z' })
    const undated = makePrice({ id: 'undated', publishedAt: '2026-02-01T00:00:00Z' })
    expect(find([dated, undated], { model: 'large-2026-01-01' })).toBe('dated')
    expect(find([dated, undated], { model: 'large-2026-02-02' })).toBe('undated')
  })
})

describe('bundled prices', () => {
  it('select the first matching model in the list, and its last price', () => {
    const match = { starts_with: 'large' }
    const [a1, a2, b] = [
      makePrice({ id: 'a1', source: 'bundled', model: 'a', match }),
      makePrice({ id: 'a2', source: 'bundled', model: 'a', match }),
      makePrice({ id: 'b', source: 'bundled', model: 'b', match }),
    ]
    expect(find([a1, a2, b])).toBe('a2')
    expect(find([b, a1, a2])).toBe('b')
  })
})

describe('an interval of a price', () => {
  const summer = makePrice({ id: 'summer', from: '2026-06-01T00:00:00Z', to: '2026-09-01T00:00:00Z' })
  it.each([
    { at: '2026-05-31T23:59:59.999999999Z', expected: undefined },
    { at: '2026-06-01T00:00:00Z', expected: 'summer' },
    { at: '2026-08-31T23:59:59.999999999Z', expected: 'summer' },
    { at: '2026-09-01T00:00:00Z', expected: undefined },
  ])('includes its start and excludes its end: $at', ({ at, expected }) => {
    expect(find([summer], { at })).toBe(expected)
  })
})

describe('a time of day', () => {
  const day = makePrice({ id: 'day', timeOfDay: { from: '00:30:00', to: '16:30:00' } })
  const night = makePrice({ id: 'night', timeOfDay: { from: '22:00:00', to: '06:00:00' } })
  it.each([
    { price: day, time: '00:29:59.999', within: false },
    { price: day, time: '00:30:00', within: true },
    { price: day, time: '16:29:59.999999', within: true },
    { price: day, time: '16:30:00', within: false },
    { price: night, time: '21:59:59', within: false },
    { price: night, time: '22:00:00', within: true },
    { price: night, time: '00:00:00', within: true },
    { price: night, time: '05:59:59', within: true },
    { price: night, time: '06:00:00', within: false },
  ])('$price.id at $time: $within', ({ price, time, within }) => {
    expect(find([price], { at: `2026-06-15T${time}Z` })).toBe(within ? price.id : undefined)
    expect(find([price], { at: `1969-06-15T${time}Z` })).toBe(within ? price.id : undefined)
  })
})

describe('a published price', () => {
  const published = makePrice({ id: 'published', provider: 'openai', model: 'gpt-5' })
  it.each(['gpt-5', 'GPT-5', 'openai/gpt-5', 'gpt-5-2025-08-07', 'gpt-5-20250807', 'gpt-5-latest'])('applies to %s', model => {
    expect(find([published], { provider: 'openai', model })).toBe('published')
  })
  it.each(['gpt-5-mini', 'gpt-5.1', 'gpt-5-mini-2025-08-07', 'gpt-50', 'my-gpt-5'])('does not apply to %s', model => {
    expect(find([published], { provider: 'openai', model })).toBeUndefined()
  })
  it('applies to its provider under every alias', () => {
    const bedrock = makePrice({ id: 'bedrock', provider: 'bedrock', model: 'claude-sonnet-4-5' })
    expect(find([bedrock], { provider: 'aws', model: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' })).toBe('bedrock')
  })
  it('applies to its own provider only, unlike list prices, which may apply to another', () => {
    const listed = makePrice({ id: 'listed', source: 'bundled', provider: 'openai', model: 'gpt-5' })
    expect(find([listed, published], { provider: 'azure', model: 'gpt-5' })).toBe('listed')
    expect(find([listed, published], { provider: 'openai-eu', model: 'gpt-5' })).toBe('listed')
  })
})

describe('the lookup cache', () => {
  it('changes no result when it overflows', () => {
    const catalog = createPriceCatalog([bundled])
    const at = Temporal.Instant.from(AT)
    for (let i = 0; i < 25_000; i++) catalog.find({ provider: 'acme-ai', model: `invented-${i}`, at })
    expect(catalog.find({ provider: 'acme-ai', model: 'large', at })?.id).toBe('bundled')
    expect(catalog.find({ provider: 'acme-ai', model: 'invented-0', at })).toBeUndefined()
  })
  it('separates tenants', () => {
    const catalog = createPriceCatalog([custom, ofAcme])
    const at = Temporal.Instant.from(AT)
    const idFor = (tenantId: string) => catalog.find({ provider: 'acme-ai', model: 'large', at, tenantId })?.id
    expect([idFor('globex'), idFor('acme'), idFor('globex'), idFor('acme')]).toEqual(['custom', 'of-acme', 'custom', 'of-acme'])
  })
  it('is not used for names that are too long', () => {
    expect(find([makePrice({ match: { starts_with: 'large' } })], { model: 'large'.padEnd(513, 'x') })).toBeUndefined()
  })
})
