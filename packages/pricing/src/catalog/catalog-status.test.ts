import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { countingIds, Decimal, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { BUNDLED_PRICES_VERSION, bundledPrices } from '../bundled/bundled-prices.ts'
import { pricesToReview } from './catalog-status.ts'
import { createPricing } from '../create-pricing.ts'
import { memoryPriceStore } from '../memory/index.ts'
import { createPriceCatalog } from './price-catalog.ts'
import { makePrice } from '../testing/price.ts'

const at = (text: string) => Temporal.Instant.from(text)

it('names the version of the package that is installed', () => {
  const main = createRequire(import.meta.url).resolve('@pydantic/genai-prices')
  const manifest = main.slice(0, main.indexOf('genai-prices/') + 'genai-prices/'.length)
  expect(JSON.parse(readFileSync(`${manifest}package.json`, 'utf8'))).toMatchObject({ name: '@pydantic/genai-prices', version: BUNDLED_PRICES_VERSION })
})

describe('the status', () => {
  it('says what is bundled, when it was imported, and what was published', async () => {
    const clock = settableClock('2026-11-20T00:00:00Z')
    const store = memoryPriceStore()
    const pricing = createPricing({ store, clock, ids: countingIds() })
    expect(await pricing.status()).toEqual({
      bundled: { version: BUNDLED_PRICES_VERSION, inForce: false, prices: 0, releasedAt: null, importedAt: null },
      published: { prices: 0, newestAt: null },
    })
    await pricing.importBundledPrices()
    clock.advance({ hours: 1 })
    for (const model of ['a', 'b']) {
      await pricing.publishPrice(OPERATOR_SCOPE, { provider: 'p', model, from: at('2026-01-01T00:00:00Z'), perMillionTokens: { input: new Decimal(1) } })
      clock.advance({ hours: 1 })
    }
    expect(await pricing.status()).toEqual({
      bundled: {
        version: BUNDLED_PRICES_VERSION,
        inForce: true,
        prices: bundledPrices().length,
        releasedAt: bundledPrices()[0]?.publishedAt,
        importedAt: at('2026-11-20T00:00:00Z'),
      },
      published: { prices: 2, newestAt: at('2026-11-20T02:00:00Z') },
    })
    await store.importBundled([makePrice({ source: 'bundled' })], clock.now())
    expect((await pricing.status()).bundled).toMatchObject({ inForce: false, prices: 1 })
  })
})

describe('prices to review', () => {
  const catalog = createPriceCatalog([
    makePrice({ id: 'old', model: 'old', publishedAt: '2026-08-01T00:00:00Z' }),
    makePrice({ id: 'new', model: 'new', publishedAt: '2026-11-01T00:00:00Z' }),
  ])
  const inUse = (model: string, unpricedCalls = 0) => ({ provider: 'acme-ai', model, calls: 10, unpricedCalls })
  const review = (olderThanDays: number, ...models: ReturnType<typeof inUse>[]) =>
    pricesToReview({ catalog, models, at: at('2026-11-20T12:00:00Z'), olderThanDays }).map(({ model, price, ageDays }) => [model, price?.id ?? null, ageDays])

  it('are those of models without one, and those that are older than the days', () => {
    expect(review(90, inUse('old'), inUse('new'), inUse('none', 3))).toEqual([
      ['old', 'old', 111],
      ['none', null, null],
    ])
    expect(review(18, inUse('new'))).toEqual([['new', 'new', 19]])
    expect(review(19, inUse('new'))).toEqual([])
    expect(review(111, inUse('old'))).toEqual([])
  })
  it('include one that was published after calls went without it', () => {
    expect(review(90, inUse('new', 1))).toEqual([['new', 'new', 19]])
  })
  it('leave out models that the catalogue does not have, but whose calls all have a cost: from a tenant’s own price, or reported', () => {
    expect(review(90, inUse('none'))).toEqual([])
  })
})
