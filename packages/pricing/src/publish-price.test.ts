import { countingIds, Decimal, InvalidInput, OPERATOR_SCOPE, settableClock, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { createPricing } from './create-pricing.ts'
import { memoryPriceStore } from './memory/index.ts'
import type { PriceDraft } from './model/drafts/price-draft.ts'
import { rateUsage } from './engine/rate-usage.ts'

const d = (text: string) => new Decimal(text)
const draft = (fields: Partial<PriceDraft>): PriceDraft => ({
  provider: 'acme-ai',
  model: 'large',
  from: Temporal.Instant.from('2026-01-01T00:00:00Z'),
  perMillionTokens: { input: d('3'), output: d('15') },
  ...fields,
})

async function publish(fields: Partial<PriceDraft>) {
  const pricing = createPricing({ store: memoryPriceStore(), clock: settableClock('2026-11-20T00:00:00Z'), ids: countingIds() })
  const price = await pricing.publishPrice(OPERATOR_SCOPE, draft(fields))
  const catalog = await pricing.catalog()
  return {
    price,
    rate: (tokens: Record<string, number>) =>
      rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens, at: '2026-06-01T00:00:00Z', serviceTier: price.serviceTier }),
  }
}

describe('context-length steps', () => {
  const contextSteps = [
    { above: 500_000, perMillionTokens: { input: d('9') } },
    { above: 200_000, perMillionTokens: { input: d('6'), output: d('22.5') } },
  ]
  it.each([
    { tokens: { input: 200_000, output: 10 }, cost: '0.60015', why: 'not above the first step' },
    { tokens: { input: 200_001, output: 10 }, cost: '1.200231', why: 'above the first' },
    { tokens: { input: 500_001, output: 10 }, cost: '4.500234', why: 'above the second, which keeps the output rate of the first' },
  ])('price $tokens.input tokens: $why', async ({ tokens, cost }) => {
    const { rate } = await publish({ contextSteps })
    expect(rate(tokens).cost?.toFixed()).toBe(cost)
  })
})

describe('cache multipliers', () => {
  it('multiply the input rate at every context length', async () => {
    const { price, rate } = await publish({
      contextSteps: [{ above: 200_000, perMillionTokens: { input: d('6') } }],
      cacheMultipliers: { cacheRead: d('0.1'), cacheWrite5m: d('1.25'), cacheWrite1h: d('2') },
    })
    expect(price.perMillionTokens.cacheRead?.base.toFixed()).toBe('0.3')
    expect(price.perMillionTokens.cacheWrite5m?.base.toFixed()).toBe('3.75')
    expect(price.perMillionTokens.cacheWrite1h?.steps.map(step => [step.above, step.rate.toFixed()])).toEqual([[200_000, '12']])
    expect(rate({ cacheRead: 1_000, cacheWrite1h: 1_000 }).cost?.toFixed()).toBe('0.0063')
  })
})

describe('a service tier', () => {
  it('is part of the published price', async () => {
    const { price, rate } = await publish({ serviceTier: 'batch', perMillionTokens: { input: d('1.5'), output: d('7.5') }, perRequest: d('0.001') })
    expect(price.serviceTier).toBe('batch')
    expect(rate({ input: 1_000 }).cost?.toFixed()).toBe('0.0025')
  })
  it('is omitted from a standard price', async () => {
    expect('serviceTier' in (await publish({ serviceTier: 'standard' })).price).toBe(false)
  })
})

describe('an invalid draft', () => {
  it.each<{ fields: Partial<PriceDraft>; says: RegExp }>([
    { fields: { serviceTier: 'overnight' as 'batch' }, says: /serviceTier: must be one of standard, batch, flex, priority/ },
    { fields: { contextSteps: [{ above: -1, perMillionTokens: { input: d('1') } }] }, says: /contextSteps\[0\]\.above: must be a whole number/ },
    { fields: { contextSteps: [{ above: 1.5, perMillionTokens: {} }] }, says: /contextSteps\[0\]\.above/ },
    {
      fields: {
        contextSteps: [
          { above: 5, perMillionTokens: {} },
          { above: 5, perMillionTokens: {} },
        ],
      },
      says: /contextSteps\[1\]\.above: repeats/,
    },
    {
      fields: { contextSteps: [{ above: 5, perMillionTokens: { cacheRead: d('1') } }] },
      says: /contextSteps\[0\]\.perMillionTokens\.cacheRead: needs a rate for shorter contexts: perMillionTokens.cacheRead/,
    },
    {
      fields: { contextSteps: [{ above: 5, perMillionTokens: { input: d('-1') } }] },
      says: /contextSteps\[0\]\.perMillionTokens\.input: must not be negative/,
    },
    {
      fields: { contextSteps: Array.from({ length: 11 }, (_, above) => ({ above, perMillionTokens: {} })) },
      says: /contextSteps: must have at most 10 steps, not 11/,
    },
    {
      fields: { cacheMultipliers: { cacheRead: d('0.1') }, perMillionTokens: { output: d('1') } },
      says: /cacheMultipliers\.cacheRead: needs a rate to multiply: perMillionTokens\.input/,
    },
    {
      fields: { cacheMultipliers: { cacheRead: d('0.1') }, perMillionTokens: { input: d('1'), cacheRead: d('1') } },
      says: /cacheMultipliers\.cacheRead: conflicts with perMillionTokens\.cacheRead/,
    },
    { fields: { cacheMultipliers: { output: d('2') } as object }, says: /cacheMultipliers\.output: is not a cache pool/ },
    { fields: { cacheMultipliers: { cacheRead: d('-0.1') } }, says: /cacheMultipliers\.cacheRead: must not be negative/ },
    {
      fields: { cacheMultipliers: { cacheRead: d('0.0000000001') }, perMillionTokens: { input: d('0.0000000001') } },
      says: /cacheMultipliers\.cacheRead: must have at most 18 decimal places/,
    },
    {
      fields: { cacheMultipliers: { cacheRead: d('0.1') }, contextSteps: [{ above: 5, perMillionTokens: { cacheRead: d('1') } }] },
      says: /contextSteps\[0\]\.perMillionTokens\.cacheRead: conflicts with cacheMultipliers\.cacheRead/,
    },
  ])('is rejected: $says', async ({ fields, says }) => {
    await expect(publish(fields)).rejects.toThrow(InvalidInput)
    await expect(publish(fields)).rejects.toThrow(says)
  })
})

describe('effectiveIntervals', () => {
  it('returns when a price is in effect, which later prices change', async () => {
    const clock = settableClock('2026-01-01T00:00:00Z')
    const pricing = createPricing({ store: memoryPriceStore(), clock, ids: countingIds() })
    const first = await pricing.publishPrice(OPERATOR_SCOPE, draft({}))
    expect(await pricing.effectiveIntervals(first)).toEqual([{ from: first.from, to: null }])
    clock.advance({ hours: 1 })
    const second = await pricing.publishPrice(OPERATOR_SCOPE, draft({ from: Temporal.Instant.from('2026-03-01T00:00:00Z') }))
    expect(await pricing.effectiveIntervals(first)).toEqual([{ from: first.from, to: second.from }])
    expect(await pricing.effectiveIntervals(second)).toEqual([{ from: second.from, to: null }])
  })
})
