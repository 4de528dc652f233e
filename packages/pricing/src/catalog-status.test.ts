import { countingIds, Decimal, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { BUNDLED_PRICES_VERSION, bundledPrices } from './engine/bundled/bundled-prices.ts'
import { createPricing } from './create-pricing.ts'
import { memoryPriceStore } from './memory/index.ts'
import { makePrice } from './testing/price.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('catalogStatus', () => {
  it('shows the bundled release, when it was imported, and the published prices', async () => {
    const clock = settableClock('2026-11-20T00:00:00Z')
    const store = memoryPriceStore()
    const pricing = createPricing({ store, clock, ids: countingIds() })
    expect(await pricing.status()).toEqual({
      bundled: { version: BUNDLED_PRICES_VERSION, active: false, prices: 0, releasedAt: null, importedAt: null },
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
        active: true,
        prices: bundledPrices().length,
        releasedAt: bundledPrices()[0]?.publishedAt,
        importedAt: at('2026-11-20T00:00:00Z'),
      },
      published: { prices: 2, newestAt: at('2026-11-20T02:00:00Z') },
    })
    await store.importBundled([makePrice({ source: 'bundled' })], clock.now())
    expect((await pricing.status()).bundled).toMatchObject({ active: false, prices: 1 })
  })
})
