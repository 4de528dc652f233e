import { Decimal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineMarkups } from '../../model/markups/markups.ts'
import { describeExplanation } from '../explanation/describe-explanation.ts'
import { verifyExplanation } from '../explanation/verify-explanation.ts'
import { defineDiscount, type DiscountDraft } from '../../model/discounts/discount.ts'
import { definePriceModel, type PriceModelDraft } from '../../model/price-models/price-model.ts'
import { tokenParts } from '../../model/price-models/usage-part.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'
import { type UsageLine, type RatedPartCharge, ratePartCharge } from './rate-part-charge.ts'

const line = (model: string, cost: string | null, tokens = 1_000): UsageLine => ({
  provider: 'acme-ai',
  model,
  parts: tokenParts({ input: tokens }, { provider: 'acme-ai', model }),
  cost: cost === null ? null : new Decimal(cost),
  label: model,
})
const context = { at: '2026-11-20T00:00:00Z', tenantId: 'acme' } as const
const markups = defineMarkups([
  { id: 'standard', percent: 20 },
  { id: 'large', percent: 50, model: 'large' },
])
const none = defineMarkups([])
const off = (id: string, draft: Omit<DiscountDraft, 'id'>) => defineDiscount({ id, ...draft })
const model = (draft: PriceModelDraft) => ({ id: 'list v1', name: 'list', model: definePriceModel(draft), counts: 'tokens' as const })
const chargeOf = (rated: RatedCharge | null) => rated?.charge?.toFixed() ?? null
const show = ({ lines, total }: RatedPartCharge) => ({ lines: lines.map(({ charge }) => chargeOf(charge)), total: chargeOf(total) })

describe('charged by cost', () => {
  it.each<{ name: string; discounts: Parameters<typeof off>[1][]; expected: ReturnType<typeof show> }>([
    { name: 'each model has its own markup', discounts: [], expected: { lines: ['15', '24'], total: '39' } },
    { name: 'a fixed amount is taken off once', discounts: [{ effect: { kind: 'fixed', amount: 5 } }], expected: { lines: ['15', '24'], total: '34' } },
    {
      name: 'a discount on a model applies to its charge only',
      discounts: [{ effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'provider-model', models: ['large'] }] }],
      expected: { lines: ['7.5', '24'], total: '31.5' },
    },
    {
      name: 'a discount on the dimension model does too',
      discounts: [{ effect: { kind: 'percentage', percent: 50 }, conditions: [{ kind: 'dimension', dimension: 'model', anyOf: ['small'] }] }],
      expected: { lines: ['15', '12'], total: '27' },
    },
    {
      name: 'volume tiers measure the total quantity',
      discounts: [
        {
          effect: {
            kind: 'tiered',
            measure: 'quantity',
            tiers: [
              { from: 0, percent: 0 },
              { from: 2_000, percent: 10 },
            ],
          },
        },
      ],
      expected: { lines: ['15', '24'], total: '35.1' },
    },
  ])('$name', ({ discounts, expected }) => {
    const rules = { markups, discounts: discounts.map((draft, i) => off(`d${i}`, draft)), priceModel: undefined }
    expect(show(ratePartCharge({ lines: [line('large', '10'), line('small', '20')], rules, context }))).toEqual(expected)
  })
  it('lines without a cost are unpriced, not 0, and left out of the total', () => {
    const rated = ratePartCharge({ lines: [line('large', '10'), line('new', null)], rules: { markups, discounts: [], priceModel: undefined }, context })
    expect(show(rated)).toEqual({ lines: ['15', null], total: '15' })
    expect(rated.lines[1]?.charge).toEqual({ state: 'unpriced', charge: null, reason: 'none of its calls has a known price' })
  })
  it('no usage costs 0', () => {
    expect(show(ratePartCharge({ lines: [], rules: { markups, discounts: [], priceModel: undefined }, context }))).toEqual({ lines: [], total: '0' })
  })
  it('describes its explanation', () => {
    const { total } = ratePartCharge({
      lines: [line('large', '10'), line('small', '20')],
      rules: { markups, discounts: [off('welcome', { effect: { kind: 'fixed', amount: 5 } })], priceModel: undefined },
      context,
      rounding: { scale: 2, mode: 'half-even' },
    })
    expect(total.state === 'charged' && describeExplanation(total.explanation)).toBe(`Charge of 34 USD, by the rules of 2026-11-20T00:00:00Z
Price: sum, for 2000
  large: 15
  small: 24
  subtotal 39
Discount welcome (5 off): applied; 39 becomes 34; all conditions are met
Rounding: to 2 decimal places, half-even
Charge: 34 USD
`)
  })
})

describe('charged by price list', () => {
  const lines = [line('large', '10', 600_000), line('small', null, 600_000)]
  const rate = (draft: PriceModelDraft, discounts: Parameters<typeof off>[1][] = []) =>
    show(ratePartCharge({ lines, rules: { markups, discounts: discounts.map((d, i) => off(`d${i}`, d)), priceModel: model(draft) }, context }))

  it('tiers count the quantity of all models; markups and costs do not matter', () => {
    const tiers = [
      { from: 0, unitPrice: '0.00002' },
      { from: 1_000_000, unitPrice: '0.00001' },
    ]
    expect(rate({ kind: 'graduated', tiers })).toEqual({ lines: [null, null], total: '22' })
  })
  it('a percentage applies to the cost of all models', () => {
    expect(rate({ kind: 'percentage', percent: 130, fixed: 1 })).toEqual({ lines: [null, null], total: '14' })
  })
  it('a matrix finds cells by provider, model and pool', () => {
    const cell = (name: string, unitPrice: string) => ({ of: { model: name, pool: 'input' }, price: { kind: 'per-unit', unitPrice } as const })
    expect(rate({ kind: 'matrix', dimensions: ['model', 'pool'], cells: [cell('large', '0.00001'), cell('small', '0.000005')] }).total).toBe('9')
    expect(rate({ kind: 'matrix', dimensions: ['model', 'pool'], cells: [cell('large', '0.00001')] }).total).toBeNull()
  })
  it('discounts apply to the price', () => {
    expect(rate({ kind: 'flat-fee', fee: 100 }, [{ effect: { kind: 'percentage', percent: 10 } }]).total).toBe('90')
  })
})

const amount = fc.integer({ min: 0, max: 1_000_000_000 }).map(units => new Decimal(units).div(1_000_000))
const percent = fc.integer({ min: 0, max: 100 })

describe('for any usage and rules', () => {
  it('the total is the sum of the lines minus the discounts on the total, and every explanation adds up', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 5 }), percent, percent, fc.array(percent, { maxLength: 3 }), (costs, standard, large, discounts) => {
        const lines = costs.map((cost, i) => line(i % 2 === 0 ? 'large' : `m${i}`, cost.toFixed()))
        const rules = {
          markups: defineMarkups([
            { id: 's', percent: standard },
            { id: 'l', percent: large, model: 'large' },
          ]),
          discounts: discounts.map((each, i) =>
            off(`d${i}`, { effect: { kind: 'percentage', percent: each }, ...(i === 0 && { conditions: [{ kind: 'provider-model', models: ['large'] }] }) }),
          ),
          priceModel: undefined,
        }
        const rated = ratePartCharge({ lines, rules, context })
        const charged = [rated.total, ...rated.lines.map(({ charge }) => charge)].map(charge => {
          if (charge?.state !== 'charged') throw new Error('not charged')
          expect(verifyExplanation(charge.explanation)).toEqual([])
          expect(charge.explanation.charge).toBe(charge.charge.toFixed())
          return charge
        })
        const [total, ...models] = charged
        const sum = models.reduce((all, { charge }) => all.plus(charge), ZERO)
        const taken = total?.discounts.reduce((all, discount) => all.plus(discount.amount), ZERO) ?? ZERO
        expect(total?.charge.toFixed()).toBe(sum.minus(taken).toFixed())
      }),
    )
  })
  it('the charge without rules is the cost', () => {
    fc.assert(
      fc.property(fc.array(amount, { maxLength: 8 }), costs => {
        const { total } = ratePartCharge({
          lines: costs.map((cost, i) => line(`m${i}`, cost.toFixed())),
          rules: { markups: none, discounts: [], priceModel: undefined },
          context,
        })
        expect(total.charge?.toFixed()).toBe(costs.reduce((sum, cost) => sum.plus(cost), ZERO).toFixed())
      }),
    )
  })
})
