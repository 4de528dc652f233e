import { countingIds, Decimal, Forbidden, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal, tenantScope } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { bundledPrices } from './engine/bundled/bundled-prices.ts'
import { createPricing } from './create-pricing.ts'
import { memoryPriceStore } from './memory/index.ts'
import type { PriceStore } from './price-store.ts'
import type { PriceDraft } from './model/drafts/price-draft.ts'
import { rateUsage } from './engine/rate-usage.ts'

const at = (text: string) => Temporal.Instant.from(text)

function setUp({ store = memoryPriceStore() }: { store?: PriceStore } = {}) {
  const clock = settableClock('2026-11-20T00:00:00Z')
  return { clock, store, pricing: createPricing({ store, clock, ids: countingIds() }) }
}

const draft = (fields: Partial<PriceDraft> = {}): PriceDraft => ({
  provider: 'openai',
  model: 'gpt-5-mini',
  from: at('2026-01-01T00:00:00Z'),
  perMillionTokens: { input: new Decimal('0.2'), output: new Decimal('1.5') },
  ...fields,
})

describe('publishPrice', () => {
  it('publishes a price that is in the next catalogue, for all tenants or one', async () => {
    const { pricing } = setUp()
    await pricing.importBundledPrices()
    const costOf = async (tenantId: string) => {
      const rated = rateUsage({
        catalog: await pricing.catalog(),
        provider: 'openai',
        model: 'gpt-5-mini-2025-08-07',
        tokens: { input: 1_000 },
        at: '2026-11-20T00:00:00Z',
        tenantId,
      })
      return rated.cost?.toFixed()
    }
    expect(await costOf('acme')).toBe('0.00025')
    await pricing.publishPrice(OPERATOR_SCOPE, draft())
    expect(await costOf('acme')).toBe('0.0002')
    await pricing.publishPrice(OPERATOR_SCOPE, draft({ tenantId: 'acme', perMillionTokens: { input: new Decimal('0.1') } }))
    expect([await costOf('acme'), await costOf('globex')]).toEqual(['0.0001', '0.0002'])
  })

  it('returns the price as it is stored', async () => {
    const { pricing } = setUp()
    const price = await pricing.publishPrice(
      OPERATOR_SCOPE,
      draft({ provider: ' Azure-OpenAI ', model: 'azure/GPT-5-mini', from: at('2026-01-01T00:00:00.123456789Z'), to: null }),
    )
    expect(price).toMatchObject({ source: 'custom', tenantId: null, provider: 'azure', model: 'gpt-5-mini', match: { equals: 'gpt-5-mini' }, to: null })
    expect(price.from?.toString()).toBe('2026-01-01T00:00:00.123456Z')
    expect(price.publishedAt.toString()).toBe('2026-11-20T00:00:00Z')
    expect(await pricing.pricesByIds(OPERATOR_SCOPE, [price.id])).toEqual([price])
  })

  it('supersedes an earlier price, which stays in the list', async () => {
    const { pricing, clock } = setUp()
    await pricing.publishPrice(OPERATOR_SCOPE, draft())
    clock.advance({ hours: 1 })
    const correction = await pricing.publishPrice(OPERATOR_SCOPE, draft({ perMillionTokens: { input: new Decimal('0.3') } }))
    const catalog = await pricing.catalog()
    expect(catalog.find({ provider: 'openai', model: 'gpt-5-mini', at: at('2026-06-01T00:00:00Z') })?.id).toBe(correction.id)
    expect((await pricing.prices(OPERATOR_SCOPE, { provider: 'OpenAI', first: 10 })).items).toHaveLength(2)
  })

  it.each<{ fields: Partial<PriceDraft>; path: string; says: RegExp }>([
    { fields: { provider: '  ' }, path: 'provider', says: /empty/ },
    { fields: { provider: 'x'.repeat(101) }, path: 'provider', says: /at most 100/ },
    { fields: { model: '' }, path: 'model', says: /empty/ },
    { fields: { model: 'x'.repeat(201) }, path: 'model', says: /at most 200/ },
    { fields: { model: 'gpt\u00005' }, path: 'model', says: /control/ },
    { fields: { tenantId: '' }, path: 'tenantId', says: /empty/ },
    { fields: { to: at('2026-01-01T00:00:00Z') }, path: 'to', says: /after from/ },
    { fields: { to: at('2026-01-01T00:00:00.0000009Z') }, path: 'to', says: /after from/ },
    { fields: { perMillionTokens: {} }, path: 'perMillionTokens', says: /a rate/ },
    { fields: { perMillionTokens: { input: null } }, path: 'perMillionTokens', says: /a rate/ },
    { fields: { perMillionTokens: { input: new Decimal('-0.01') } }, path: 'perMillionTokens.input', says: /negative/ },
    { fields: { perMillionTokens: { cacheRead: new Decimal(Number.NaN) } }, path: 'perMillionTokens.cacheRead', says: /a number/ },
    { fields: { perMillionTokens: { output: new Decimal(Number.POSITIVE_INFINITY) } }, path: 'perMillionTokens.output', says: /a number/ },
    { fields: { perMillionTokens: { output: new Decimal('1000000000.1') } }, path: 'perMillionTokens.output', says: /at most 1000000000/ },
    { fields: { perMillionTokens: { output: new Decimal('0.0000000000000000001') } }, path: 'perMillionTokens.output', says: /18 decimal places/ },
    { fields: { perMillionTokens: { words: new Decimal(1) } as PriceDraft['perMillionTokens'] }, path: 'perMillionTokens.words', says: /not a token pool/ },
    { fields: { perRequest: new Decimal(-1) }, path: 'perRequest', says: /negative/ },
  ])('rejects $fields, naming $path', async ({ fields, path, says }) => {
    const { pricing } = setUp()
    const issues = await pricing.publishPrice(OPERATOR_SCOPE, draft(fields)).then(
      () => [],
      (error: unknown) => (error instanceof InvalidInput ? error.issues : []),
    )
    expect(issues).toMatchObject([{ path }])
    expect(issues[0]?.message).toMatch(says)
    expect((await pricing.prices(OPERATOR_SCOPE, { first: 1 })).items).toEqual([])
  })

  it('accepts a rate of 0, and a price per request without token rates', async () => {
    const { pricing } = setUp()
    await pricing.publishPrice(OPERATOR_SCOPE, draft({ perMillionTokens: { input: new Decimal(0) } }))
    await pricing.publishPrice(OPERATOR_SCOPE, draft({ perMillionTokens: {}, perRequest: new Decimal('0.01') }))
    expect((await pricing.prices(OPERATOR_SCOPE, { first: 10 })).items).toHaveLength(2)
  })

  it('rejects tenants', async () => {
    const { pricing } = setUp()
    await expect(pricing.publishPrice(tenantScope('acme'), draft({ tenantId: 'acme' }))).rejects.toThrow(Forbidden)
  })

  it.each([0, 1.5, 1001])('prices rejects a page size of %d', async first => {
    await expect(setUp().pricing.prices(OPERATOR_SCOPE, { first })).rejects.toThrow(/^first: must be/)
  })
})

describe('the catalogue', () => {
  function countReads() {
    const store = memoryPriceStore()
    const reads = { version: 0, all: 0 }
    const counting: PriceStore = {
      ...store,
      version: () => ((reads.version += 1), store.version()),
      all: () => ((reads.all += 1), store.all()),
    }
    return { reads, ...setUp({ store: counting }) }
  }

  it('is rebuilt only after a publication', async () => {
    const { pricing, reads } = countReads()
    await pricing.importBundledPrices()
    const first = await pricing.catalog()
    expect(await pricing.catalog()).toBe(first)
    expect(reads).toEqual({ version: 2, all: 1 })
    await pricing.publishPrice(OPERATOR_SCOPE, draft())
    expect(await pricing.catalog()).not.toBe(first)
    expect(reads).toEqual({ version: 3, all: 2 })
  })

  it('is read once for any number of concurrent calls', async () => {
    const { pricing, reads } = countReads()
    await Promise.all(Array.from({ length: 100 }, () => pricing.catalog()))
    expect(reads).toEqual({ version: 2, all: 1 })
  })

  it('includes what was published before the call, even if a read was already running', async () => {
    const { pricing } = countReads()
    const earlier = pricing.catalog()
    await pricing.publishPrice(OPERATOR_SCOPE, draft())
    const catalog = await pricing.catalog()
    expect(catalog.find({ provider: 'openai', model: 'gpt-5-mini', at: at('2026-06-01T00:00:00Z') })?.source).toBe('custom')
    await earlier
  })

  it('includes what another process published', async () => {
    const store = memoryPriceStore()
    const [here, there] = [setUp({ store }), setUp({ store })]
    await here.pricing.catalog()
    await there.pricing.publishPrice(OPERATOR_SCOPE, draft())
    expect((await here.pricing.catalog()).find({ provider: 'openai', model: 'gpt-5-mini', at: at('2026-06-01T00:00:00Z') })).toBeDefined()
  })
})

describe('importBundledPrices', () => {
  it('imports them once', async () => {
    const { pricing } = setUp()
    expect(await pricing.importBundledPrices()).toBe(bundledPrices().length)
    expect(await pricing.importBundledPrices()).toBe(0)
  })
})
