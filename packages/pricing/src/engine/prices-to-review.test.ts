import { Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { makePrice } from '../testing/price.ts'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { pricesToReview } from './prices-to-review.ts'

const at = (text: string) => Temporal.Instant.from(text)

describe('pricesToReview', () => {
  const catalog = createPriceCatalog([
    makePrice({ id: 'old', model: 'old', publishedAt: '2026-08-01T00:00:00Z' }),
    makePrice({ id: 'new', model: 'new', publishedAt: '2026-11-01T00:00:00Z' }),
  ])
  const inUse = (model: string, unpricedCalls = 0) => ({ provider: 'acme-ai', model, calls: 10, unpricedCalls })
  const review = (olderThanDays: number, ...models: ReturnType<typeof inUse>[]) =>
    pricesToReview({ catalog, models, at: at('2026-11-20T12:00:00Z'), olderThanDays }).map(({ model, price, ageDays }) => [model, price?.id ?? null, ageDays])

  it('returns models without a price, and models with a price older than the days', () => {
    expect(review(90, inUse('old'), inUse('new'), inUse('none', 3))).toEqual([
      ['old', 'old', 111],
      ['none', null, null],
    ])
    expect(review(18, inUse('new'))).toEqual([['new', 'new', 19]])
    expect(review(19, inUse('new'))).toEqual([])
    expect(review(111, inUse('old'))).toEqual([])
  })
  it('returns a model with unpriced calls, even if it has a price now', () => {
    expect(review(90, inUse('new', 1))).toEqual([['new', 'new', 19]])
  })
  it('omits models that are not in the catalogue but have no unpriced calls, because a tenant has a price or the cost is reported', () => {
    expect(review(90, inUse('none'))).toEqual([])
  })
})
