import { InvalidInput } from '@tollgate/kernel'
import { completeTokenUsage, type ModelUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { makePrice } from '../testing/price.ts'
import { createPriceCatalog } from './catalog/price-catalog.ts'
import { rateUsage, type RateUsageInput } from './rate-usage.ts'

const catalog = createPriceCatalog([
  makePrice({ id: 'large', perRequest: '0.5' }),
  makePrice({ id: 'large batch', serviceTier: 'batch', rates: { input: '0.5' } }),
  makePrice({ id: 'small', model: 'small', rates: { input: '0.1' } }),
])
const attempt = (input: number, more: Partial<ModelUsage> = {}): ModelUsage => ({ model: null, tokens: completeTokenUsage({ input }), units: [], ...more })
const rate = (attempts: readonly ModelUsage[], more: Partial<RateUsageInput> = {}) =>
  rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens: { input: 1_000 }, at: '2026-06-01T00:00:00Z', attempts, ...more })

describe('a call with further model calls in its response', () => {
  it('costs all of them, each at the price of its own model, and one request', () => {
    const rated = rate([attempt(2_000, { model: 'small' }), attempt(500)])
    // 1,000 and 500 tokens at 1 USD, 2,000 at 0.1 USD per million, and 0.5 USD for the request.
    expect(rated.cost?.toFixed()).toBe('0.5017')
    expect(rated.lines.map(({ pool, unit, amount, attempt: of }) => [pool ?? unit, amount.toFixed(), of])).toEqual([
      ['input', '0.001', undefined],
      ['request', '0.5', undefined],
      ['input', '0.0002', 0],
      ['input', '0.0005', 1],
    ])
    expect(rated).toMatchObject({ price: { id: 'large' }, attemptPrices: [{ id: 'small' }, { id: 'large' }] })
  })
  it('serves them as the call was served, unless they say otherwise', () => {
    const rated = rate([attempt(1_000), attempt(1_000, { serviceTier: 'standard' })], { serviceTier: 'batch' })
    expect(rated).toMatchObject({ price: { id: 'large batch' }, attemptPrices: [{ id: 'large batch' }, { id: 'large' }] })
    expect(rated.cost?.toFixed()).toBe('0.002')
  })
  it('may have no tokens of its own', () => {
    expect(rate([attempt(1_000, { model: 'small' })], { tokens: null, model: 'small' }).cost?.toFixed()).toBe('0.0001')
  })
  it('is unpriced if one of them is', () => {
    expect(rate([attempt(1), attempt(1, { model: 'unheard-of' })])).toMatchObject({
      state: 'unpriced',
      reason: 'unknown_model',
      message: expect.stringMatching(/^attempt 2: there is no price for the model "unheard-of"/),
    })
    expect(rate([attempt(1)], { model: 'unheard-of' })).toMatchObject({ state: 'unpriced', reason: 'unknown_model' })
  })
  it('is rejected if a token count of one of them is invalid', () => {
    expect(() => rate([{ ...attempt(0), tokens: { ...completeTokenUsage({}), input: -1 } }])).toThrow(InvalidInput)
    expect(() => rate([{ ...attempt(0), tokens: { ...completeTokenUsage({}), input: -1 } }])).toThrow(/attempts\[0\]\.tokens\.input/)
  })
  it('is a call without attempts if the list is empty', () => {
    expect(rate([])).toEqual(rate([], { attempts: undefined }))
  })
})
