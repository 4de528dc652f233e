import { makePrice } from '@tollgate/pricing/testing'
import { createPriceCatalog, rateUsage } from '@tollgate/pricing'
import { Decimal, InvalidInput, UnknownCurrency } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { defineMarkups } from '../../model/markups/markups.ts'
import { describeExplanation } from '../explanation/describe-explanation.ts'
import { verifyExplanation } from '../explanation/verify-explanation.ts'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { tokenParts } from '../../model/price-models/usage-part.ts'
import { rateCharge, type RateChargeInput } from './rate-charge.ts'

const context = { at: '2026-11-20T00:00:00Z' } as const
const catalog = createPriceCatalog([makePrice({ rates: { input: '3', output: '15' } })])
const cost = (model = 'large') => rateUsage({ catalog, provider: 'acme-ai', model, tokens: { input: 150, output: 300 }, at: context.at })
const embedding = definePriceModel({ kind: 'per-unit', unitPrice: '0.02', per: 1_000_000 })
const unit = definePriceModel({ kind: 'per-unit', unitPrice: 1 })
const ten = defineDiscount({ id: 'ten', effect: { kind: 'percentage', percent: 10 } })
const cents = { scale: 2, mode: 'half-even' } as const

const charged = (input: RateChargeInput) => {
  const rated = rateCharge(input)
  if (rated.state === 'unpriced') throw new Error(rated.reason)
  return rated
}

describe.each<{ name: string; input: Omit<RateChargeInput, 'context'>; charge: string }>([
  { name: '50,000 tokens at 0.02 per million', input: { usage: { quantity: 50_000 }, priceModel: embedding }, charge: '0.001' },
  { name: 'a cost without rules', input: { usage: { cost: cost() } }, charge: '0.00495' },
  { name: 'a cost less 10 %', input: { usage: { cost: cost() }, discounts: [ten] }, charge: '0.004455' },
  { name: 'a cost plus a quarter', input: { usage: { cost: cost() }, markups: defineMarkups([{ id: 'm', percent: 25 }]) }, charge: '0.0061875' },
  {
    name: 'a percentage of a cost plus a fixed amount',
    input: { usage: { cost: cost() }, priceModel: definePriceModel({ kind: 'percentage', percent: 120, fixed: '0.01' }) },
    charge: '0.01594',
  },
  {
    name: 'a quantity less 50',
    input: { usage: { quantity: 80 }, priceModel: unit, discounts: [defineDiscount({ id: 'f', effect: { kind: 'fixed', amount: 50 } })] },
    charge: '30',
  },
  {
    name: 'markup before discount',
    input: {
      usage: { quantity: 100 },
      priceModel: unit,
      markups: defineMarkups([{ id: 'm', percent: 20 }]),
      discounts: [defineDiscount({ id: 'f', effect: { kind: 'fixed', amount: 50 } })],
    },
    charge: '70',
  },
  { name: 'a minimum after discounts', input: { usage: { quantity: 100 }, priceModel: unit, discounts: [ten], bounds: { atLeast: '95' } }, charge: '95' },
  { name: 'a maximum after discounts', input: { usage: { quantity: 100 }, priceModel: unit, discounts: [ten], bounds: { atMost: '80' } }, charge: '80' },
  {
    name: 'two half cents, rounded once',
    input: { usage: { parts: [{ quantity: '0.005' }, { quantity: '0.005' }] }, priceModel: unit, rounding: cents },
    charge: '0.01',
  },
  { name: 'a tie rounded to the even cent', input: { usage: { quantity: '0.125' }, priceModel: unit, rounding: cents }, charge: '0.12' },
  { name: 'a tie rounded up', input: { usage: { quantity: '0.125' }, priceModel: unit, rounding: { scale: 2, mode: 'half-up' } }, charge: '0.13' },
  { name: 'no usage', input: { usage: { parts: [] }, priceModel: unit }, charge: '0' },
  { name: 'a fee without usage', input: { usage: { parts: [] }, priceModel: definePriceModel({ kind: 'flat-fee', fee: '9.99' }) }, charge: '9.99' },
])('charge: $name', ({ input, charge }) => {
  it(`is ${charge}, and its explanation adds up`, () => {
    const rated = charged({ ...input, context })
    expect(rated.charge.toFixed()).toBe(charge)
    expect(rated.explanation.charge).toBe(charge)
    expect(verifyExplanation(rated.explanation)).toEqual([])
  })
})

it('is unpriced, never 0, if the cost is unpriced or a part has no price', () => {
  const unheardOf = rateCharge({ usage: { cost: cost('unheard-of') }, context })
  expect(unheardOf.state === 'unpriced' && unheardOf.reason).toMatch(/there is no price for the model "unheard-of"/)
  const openai = definePriceModel({ kind: 'matrix', dimensions: ['provider'], cells: [{ of: { provider: 'openai' }, price: { kind: 'flat-fee', fee: 1 } }] })
  expect(rateCharge({ usage: { quantity: 1 }, priceModel: openai, context: { ...context, dimensions: { provider: 'mistral' } } })).toMatchObject({
    state: 'unpriced',
    charge: null,
  })
  expect(charged({ usage: { quantity: 1 }, priceModel: openai, context: { ...context, dimensions: { provider: 'openai' } } }).charge.toFixed()).toBe('1')
})

it('measures the quantity and the subtotal after markup for discounts', () => {
  const threshold = (measure: 'quantity' | 'subtotal', from: string) =>
    defineDiscount({ id: `${measure} from ${from}`, effect: { kind: 'percentage', percent: 10 }, conditions: [{ kind: 'usage-threshold', measure, from }] })
  const discounts = [threshold('quantity', '450'), threshold('quantity', '450.001'), threshold('subtotal', '0.0099'), threshold('subtotal', '0.0099001')]
  const { discounts: applied } = charged({ usage: { cost: cost() }, markups: defineMarkups([{ id: 'm', percent: 100 }]), discounts, context })
  expect(applied.map(({ id }) => id)).toEqual(['quantity from 450', 'subtotal from 0.0099'])
})

it('does not count requests as units in addition to tokens', () => {
  const perCall = createPriceCatalog([makePrice({ rates: { input: '3' }, perRequest: '0.01' })])
  const rated = rateUsage({ catalog: perCall, provider: 'acme-ai', model: 'large', tokens: { input: 150 }, at: context.at })
  const above = (from: number) =>
    defineDiscount({ id: `from ${from}`, effect: { kind: 'percentage', percent: 10 }, conditions: [{ kind: 'usage-threshold', measure: 'quantity', from }] })
  const { discounts, lines } = charged({ usage: { cost: rated }, discounts: [above(150), above(151)], context })
  expect(discounts.map(({ id }) => id)).toEqual(['from 150'])
  expect(lines.map(({ label, amount }) => [label, amount.toFixed()])).toEqual([
    ['input', '0.00045'],
    ['request', '0.01'],
  ])
})

describe.each<{ name: string; input: Partial<Record<keyof RateChargeInput, unknown>>; path: string }>([
  { name: 'a quantity without a price', input: { usage: { quantity: 1 } }, path: 'priceModel' },
  { name: 'a cost priced by quantity', input: { usage: { cost: cost() }, priceModel: unit }, path: 'priceModel.kind' },
  { name: 'a float for a quantity', input: { usage: { quantity: 0.1 }, priceModel: unit }, path: 'usage.quantity' },
  { name: 'a negative quantity', input: { usage: { quantity: '-1' }, priceModel: unit }, path: 'usage.quantity' },
  { name: 'a part without a number', input: { usage: { parts: [{ quantity: 1 }, { quantity: 'some' }] }, priceModel: unit }, path: 'usage.parts.1.quantity' },
  { name: 'a missing time', input: { usage: { cost: cost() }, context: {} }, path: 'context.at' },
  { name: 'an invalid time', input: { usage: { cost: cost() }, context: { at: 'now' } }, path: 'context.at' },
  {
    name: 'a negative remaining budget',
    input: { usage: { cost: cost() }, context: { ...context, discountStates: { p: { redemptions: -1 } } } },
    path: 'context.discountStates.p.redemptions',
  },
  {
    name: 'a dimension that is not a string',
    input: { usage: { cost: cost() }, context: { ...context, dimensions: { feature: 7 } } },
    path: 'context.dimensions.feature',
  },
  { name: 'a minimum above the maximum', input: { usage: { cost: cost() }, bounds: { atLeast: 2, atMost: 1 } }, path: 'bounds.atMost' },
  { name: 'a bound finer than the rounding', input: { usage: { cost: cost() }, bounds: { atLeast: '0.005' }, rounding: cents }, path: 'bounds.atLeast' },
  { name: 'a fractional rounding scale', input: { usage: { cost: cost() }, rounding: { scale: 0.5, mode: 'up' } }, path: 'rounding.scale' },
  {
    name: 'an amount above the maximum',
    input: { usage: { quantity: 9_007_199_254_740_991 }, priceModel: definePriceModel({ kind: 'per-unit', unitPrice: 1_000_000_000 }) },
    path: 'usage',
  },
  { name: 'an unknown rounding mode', input: { usage: { cost: cost() }, rounding: { scale: 2, mode: 'nearest' } }, path: 'rounding.mode' },
  {
    name: 'too many discounts',
    input: {
      usage: { cost: cost() },
      discounts: Array.from({ length: 1_001 }, (_, id) => defineDiscount({ id: `${id}`, effect: { kind: 'fixed', amount: 1 } })),
    },
    path: 'discounts',
  },
])('a charge with $name', ({ input, path }) => {
  it('is rejected', () => {
    const error = catchError(() => rateCharge({ context, ...input } as RateChargeInput))
    expect(error instanceof InvalidInput && error.issues.map(issue => issue.path)).toEqual([path])
  })
})

it('describes its explanation', () => {
  const priceModel = definePriceModel({
    kind: 'matrix',
    dimensions: ['model', 'pool'],
    cells: [
      { of: { pool: 'input' }, price: { kind: 'per-unit', unitPrice: '3', per: 1_000_000, includedUnits: 100_000 } },
      {
        of: { pool: 'output' },
        price: {
          kind: 'graduated',
          tiers: [
            { from: 0, unitPrice: '0.00002' },
            { from: 1_000_000, unitPrice: '0.000015' },
          ],
        },
      },
    ],
  })
  const { explanation } = charged({
    usage: { parts: tokenParts({ input: 1_100_000, output: 1_200_000 }, {}) },
    priceModel,
    priceModelId: 'retail v3',
    markups: defineMarkups([{ id: 'standard', percent: 20 }]),
    discounts: [
      ten,
      defineDiscount({ id: 'launch', priority: 5, effect: { kind: 'percentage', percent: 50 }, maximum: 8, budget: 1_000 }),
      defineDiscount({
        id: 'night',
        effect: { kind: 'fixed', amount: 5 },
        conditions: [{ kind: 'hours-of-day', from: '22:00', to: '06:00', timeZone: 'America/New_York' }],
      }),
      defineDiscount({
        id: 'bulk',
        effect: {
          kind: 'tiered',
          measure: 'quantity',
          of: 'period',
          tiers: [
            { from: 0, percent: 0 },
            { from: 5_000_000, percent: 5 },
          ],
        },
      }),
    ],
    bounds: { atLeast: 20 },
    rounding: cents,
    context: { ...context, discountStates: { launch: { remainingBudget: 400 } } },
  })
  expect(describeExplanation(explanation)).toBe(
    `Charge of 20.88 USD, by the rules of 2026-11-20T00:00:00Z
Price retail v3: matrix, for 2300000
  * / input: included units: 100000 × 0 = 0
  * / input: per unit: 1000000 × 0.000003 = 3
  * / output: tier 1 (above 0, up to 1000000): 1000000 × 0.00002 = 20
  * / output: tier 2 (above 1000000): 200000 × 0.000015 = 3
  subtotal 26
Markup standard: 26 plus 20 % is 31.2; most specific match: all charges
Discount launch (50 % of the remaining amount): applied; 31.2 becomes 23.2; all conditions are met; reduced by its limits; 392 of its budget of 1000 is left (15.6 without limits: at most 8, 400 of its budget left)
Discount bulk (by the period's quantity, which is unknown: 0 % from 0, 5 % from 5000000): not applied; the period's quantity is unknown
Discount night (5 off): not applied; it is for 22:00 to 06:00 in America/New_York, where it was 19:00
Discount ten (10 % of the remaining amount): applied; 23.2 becomes 20.88; all conditions are met
Bounds: within its bounds
Rounding: to 2 decimal places, half-even
Charge: 20.88 USD
`,
  )
})

it('describes a cost with its price and interval', () => {
  const dated = createPriceCatalog([makePrice({ rates: { input: '3', output: '15' }, from: '2026-01-01T00:00:00Z' })])
  const { explanation } = charged({
    usage: { cost: rateUsage({ catalog: dated, provider: 'acme-ai', model: 'large', tokens: { input: 150, output: 300 }, at: context.at }) },
    context,
  })
  expect(describeExplanation(explanation))
    .toContain(`Cost: the custom price of acme-ai large (acme-ai/large/all/2026-01-01T00:00:00Z, in effect from 2026-01-01T00:00:00Z)
  input: 150 × 0.000003 = 0.00045
  output: 300 × 0.000015 = 0.0045
  subtotal 0.00495
Rounding: no rounding requested
Charge: 0.00495 USD`)
})

it('rejects an unknown currency', () => {
  expect(charged({ usage: { cost: cost() }, context, currency: 'JPY' }).explanation.currency).toBe('JPY')
  expect(() => rateCharge({ usage: { cost: cost() }, context, currency: 'usd' })).toThrow(UnknownCurrency)
})

it('is exact beyond the precision of floats', () => {
  expect(charged({ usage: { cost: cost() }, context }).charge.eq(new Decimal('0.00495'))).toBe(true)
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
