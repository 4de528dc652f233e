import { Decimal } from '@tollgate/kernel'
import { createPriceCatalog, rateUsage } from '@tollgate/pricing'
import { makePrice } from '@tollgate/pricing/testing'
import { completeTokenUsage } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import { defineMarkups } from '../../model/markups/markups.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { countedParts } from '../usage/counted-parts.ts'
import { verifyExplanation } from '../explanation/verify-explanation.ts'
import { rateCharge } from './rate-charge.ts'

const context = { at: '2026-11-20T00:00:00Z' }
const tokens = completeTokenUsage({ input: 1_000, output: 100, cacheReadAudio: 2_000, videoInput: 500 })
const catalog = createPriceCatalog([
  makePrice({
    rates: { input: '1', output: '2', cacheReadAudio: '0.3', videoInput: '4' },
    perRequest: '0.001',
    units: [
      { kind: 'web_search', price: new Decimal('10'), per: 1_000 },
      { kind: 'image', variant: 'high', price: new Decimal('0.2') },
      { kind: 'audio_second', price: new Decimal('0.1'), per: 3_600 },
    ],
  }),
])
const cost = rateUsage({
  catalog,
  provider: 'acme-ai',
  model: 'large',
  tokens,
  units: [
    { kind: 'web_search', quantity: '3' },
    { kind: 'image', quantity: '2', variant: 'high' },
    { kind: 'audio_second', quantity: '1' },
  ],
  at: context.at,
})

describe('a charge of rare pools and units', () => {
  it('has a line for each, and is exact', () => {
    const rated = rateCharge({ usage: { cost }, context })
    // 0.001 + 0.0002 + 0.0006 + 0.002 for tokens, 0.03 + 0.4 + 0.1 ÷ 3,600 for units, 0.001 for the request.
    expect(rated.charge?.toFixed()).toBe('0.434827777777777777777778')
    if (rated.state !== 'charged') throw new Error('not charged')
    expect(rated.lines.map(({ label, quantity, amount }) => `${label} ${quantity.toFixed()} = ${amount.toFixed()}`)).toEqual([
      'input 1000 = 0.001',
      'output 100 = 0.0002',
      'cacheReadAudio 2000 = 0.0006',
      'videoInput 500 = 0.002',
      'web_search 3 = 0.03',
      'image high 2 = 0.4',
      'audio_second 1 = 0.000027777777777777777778',
      'request 1 = 0.001',
    ])
    expect(verifyExplanation(rated.explanation)).toEqual([])
  })

  it.each([
    { name: 'a markup', rules: { markups: defineMarkups([{ id: 'm', percent: 25 }]) } },
    { name: 'a percentage of the cost', rules: { priceModel: definePriceModel({ kind: 'percentage', percent: 125 }) } },
  ])('is that of the whole cost with $name', ({ rules }) => {
    const rated = rateCharge({ usage: { cost }, context, ...rules })
    expect(rated.charge?.toFixed()).toBe(new Decimal('0.434827777777777777777778').times('1.25').toFixed())
    if (rated.state === 'charged') expect(verifyExplanation(rated.explanation)).toEqual([])
  })

  it('counts rare pools in a price list of tokens, and no units', () => {
    const parts = countedParts({ calls: 1, tokens, quantity: new Decimal(0) }, 'tokens', { provider: 'acme-ai', model: 'large' })
    const perToken = rateCharge({ usage: { parts }, priceModel: definePriceModel({ kind: 'per-unit', unitPrice: '0.001' }), context })
    expect(perToken.charge?.toFixed()).toBe('3.6')
    const byPool = definePriceModel({
      kind: 'matrix',
      dimensions: ['pool'],
      cells: [
        { of: { pool: 'cacheReadAudio' }, price: { kind: 'per-unit', unitPrice: '0.01' } },
        { of: {}, price: { kind: 'per-unit', unitPrice: '0.001' } },
      ],
    })
    expect(rateCharge({ usage: { parts }, priceModel: byPool, context }).charge?.toFixed()).toBe('21.6')
  })
})
