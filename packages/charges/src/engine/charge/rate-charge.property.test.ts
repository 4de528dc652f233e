import { Decimal, type RoundingMode } from '@tollgate/kernel'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { verifyExplanation } from '../explanation/verify-explanation.ts'
import { defineMarkups } from '../../model/markups/markups.ts'
import type { DiscountConditionDraft } from '../../model/discounts/conditions/condition.ts'
import { defineDiscount, type DiscountDraft } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { sumLines } from '../../model/price-models/priced-line.ts'
import { rateCharge, type RateChargeInput, type RatedCharge } from './rate-charge.ts'

const numeral = (digits: bigint, scale: number) => new Decimal(`${digits}e-${scale}`).toFixed()
const decimals = (most: bigint, scale: number) => fc.bigInt({ min: 0n, max: most * 10n ** BigInt(scale) }).map(digits => numeral(digits, scale))

const condition: fc.Arbitrary<DiscountConditionDraft> = fc.oneof(
  fc.constant({ kind: 'first-time-customer' } as const),
  fc.constant({ kind: 'billing-tier', anyOf: ['pro'] } as const),
  decimals(200n, 0).map(from => ({ kind: 'usage-threshold', measure: 'quantity', from }) as const),
  fc.constant({ kind: 'weekdays', days: ['friday'], timeZone: 'UTC' } as const),
  fc.constant({ kind: 'coupon', code: 'C', maximumRedemptions: 3 } as const),
)
const effect: fc.Arbitrary<DiscountDraft['effect']> = fc.oneof(
  fc.record({ kind: fc.constant('percentage' as const), percent: decimals(100n, 2), basis: fc.constantFrom('remaining', 'subtotal') }),
  fc.record({ kind: fc.constant('fixed' as const), amount: decimals(60n, 4) }),
  fc.record({
    kind: fc.constant('tiered' as const),
    measure: fc.constantFrom('quantity', 'subtotal'),
    of: fc.constantFrom('charge', 'period'),
    tiers: fc.tuple(decimals(100n, 2), decimals(100n, 2)).map(([low, high]) => [
      { from: 0, percent: low },
      { from: 100, percent: high },
    ]),
  }),
)
const stacking: fc.Arbitrary<DiscountDraft['stacking']> = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ kind: 'stackable' } as const) },
  { weight: 1, arbitrary: fc.constant({ kind: 'exclusive' } as const) },
  { weight: 3, arbitrary: fc.constantFrom('a', 'b').map(group => ({ kind: 'best-of', group }) as const) },
)
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })
const draft = fc.record({
  effect,
  stacking,
  priority: fc.integer({ min: -1, max: 1 }),
  conditions: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: condition.map(one => [one]) }),
  maximum: optional(decimals(50n, 2)),
  floor: optional(decimals(20n, 2)),
  budget: optional(decimals(1_000n, 2)),
})
const discounts = fc.array(draft, { maxLength: 7 }).map(drafts => drafts.map((one, position) => defineDiscount({ id: `d${position}`, ...one })))

const priceModel = fc.tuple(decimals(2n, 6), decimals(2n, 6), optional(decimals(50n, 2))).map(([low, high, minimum]) =>
  definePriceModel({
    kind: 'graduated',
    tiers: [
      { from: 0, unitPrice: low },
      { from: 100, unitPrice: high, flatFee: 1 },
    ],
    minimum,
  }),
)
const rounding = optional(
  fc.record({ scale: fc.integer({ min: 0, max: 6 }), mode: fc.constantFrom<RoundingMode>('half-even', 'half-up', 'half-down', 'up', 'down', 'ceil', 'floor') }),
)
const bounds = optional(fc.tuple(decimals(40n, 0), decimals(40n, 0)).map(([one, more]) => ({ atLeast: one, atMost: new Decimal(one).plus(more) })))
const context = fc.record({
  at: fc.constant('2026-11-20T12:00:00Z'),
  billingTier: fc.constantFrom('free', 'pro'),
  firstTimeCustomer: optional(fc.boolean()),
  couponCodes: fc.constantFrom(undefined, ['C']),
  periodToDate: optional(fc.record({ quantity: decimals(200n, 1), subtotal: decimals(200n, 3) })),
  discountStates: fc.dictionary(fc.constantFrom('d0', 'd1', 'd2', 'd3'), fc.record({ remainingBudget: decimals(100n, 3), redemptions: fc.nat({ max: 4 }) })),
})
const input: fc.Arbitrary<RateChargeInput> = fc.record({
  usage: decimals(300n, 3).map(quantity => ({ quantity })),
  priceModel,
  markups: optional(decimals(100n, 2).map(percent => defineMarkups([{ id: 'm', percent }]))),
  discounts,
  bounds,
  rounding,
  context,
})

const charged = (rated: RatedCharge) => {
  if (rated.state === 'unpriced') throw new Error(rated.reason)
  return rated
}

it('the charge does not depend on the order of the discounts', () => {
  const inTwoOrders = input.chain(one => {
    const own = [...(one.discounts ?? [])]
    return fc.record({ one: fc.constant(one), shuffled: fc.shuffledSubarray(own, { minLength: own.length }) })
  })
  fc.assert(
    fc.property(inTwoOrders, ({ one, shuffled }) => {
      expect(charged(rateCharge({ ...one, discounts: shuffled }))).toEqual(charged(rateCharge(one)))
    }),
  )
})

it('every explanation adds up, also after a round trip through JSON, and has a step for each discount', () => {
  fc.assert(
    fc.property(input, one => {
      const { explanation, charge } = charged(rateCharge(one))
      const kept = JSON.parse(JSON.stringify(explanation)) as typeof explanation
      expect(kept).toEqual(explanation)
      expect(verifyExplanation(kept)).toEqual([])
      expect(explanation.charge).toBe(charge.toFixed())
      expect(explanation.steps.filter(({ step }) => step === 'discount')).toHaveLength(one.discounts?.length ?? 0)
    }),
  )
})

it('a charge is never negative and within its bounds, and its discounts add up to the reduction', () => {
  fc.assert(
    fc.property(input, one => {
      const { charge, subtotal, lines, discounts: given, explanation } = charged(rateCharge(one))
      expect(charge.gte(one.bounds?.atLeast?.toString() ?? 0)).toBe(true)
      expect(charge.lte(one.bounds?.atMost?.toString() ?? subtotal.ceil())).toBe(true)
      const price = explanation.steps.find(({ step }) => step === 'price')
      expect(sumLines(lines).toFixed()).toBe(price?.after)
      const discounted = explanation.steps.findLast(({ step }) => step === 'discount')?.after ?? subtotal.toFixed()
      expect(subtotal.minus(sumLines(given)).toFixed()).toBe(discounted)
      expect(new Decimal(discounted).gte(0)).toBe(true)
      for (const { remainingBudget, amount } of given) {
        expect(amount.gt(0)).toBe(true)
        expect(remainingBudget?.gte(0) ?? true).toBe(true)
      }
    }),
  )
})

it('discounts never increase a charge without bounds', () => {
  fc.assert(
    fc.property(input, one => {
      const without = charged(rateCharge({ ...one, bounds: undefined, discounts: [] })).charge
      expect(charged(rateCharge({ ...one, bounds: undefined })).charge.lte(without)).toBe(true)
    }),
  )
})

/** An exact fraction, for a reference implementation. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}
const fraction = (text: string): Fraction => {
  const [whole = '0', digits = ''] = text.split('.')
  return { over: BigInt(whole + digits), under: 10n ** BigInt(digits.length) }
}
const times = (one: Fraction, other: Fraction): Fraction => ({ over: one.over * other.over, under: one.under * other.under })
const plus = (one: Fraction, other: Fraction): Fraction => ({ over: one.over * other.under + other.over * one.under, under: one.under * other.under })
const lower = (one: Fraction, other: Fraction): Fraction => (one.over * other.under <= other.over * one.under ? one : other)
const negated = ({ over, under }: Fraction): Fraction => ({ over: -over, under })
const hundredth = (percent: string): Fraction => times(fraction(percent), { over: 1n, under: 100n })

type PlainEffect = { readonly percent: string } | { readonly amount: string }

interface PlainCharge {
  readonly quantity: string
  readonly unitPrice: string
  readonly markup: string
  readonly effects: readonly PlainEffect[]
  readonly scale: number
}

/** A charge with stackable discounts in fractions, rounded half up to `scale` decimal places. */
function reference({ quantity, unitPrice, markup, effects, scale }: PlainCharge): string {
  const list = times(fraction(quantity), fraction(unitPrice))
  let amount = plus(list, times(list, hundredth(markup)))
  for (const one of effects) {
    const wanted = 'percent' in one ? times(amount, hundredth(one.percent)) : fraction(one.amount)
    amount = plus(amount, negated(lower(wanted, amount)))
  }
  const digits = (amount.over * 10n ** BigInt(scale) * 2n + amount.under) / (amount.under * 2n)
  return numeral(digits, scale)
}

it('a charge equals exact fractions: price, markup, discounts, and one rounding', () => {
  const plainEffect: fc.Arbitrary<PlainEffect> = fc.oneof(
    decimals(100n, 2).map(percent => ({ percent })),
    decimals(1_000n, 4).map(amount => ({ amount })),
  )
  const plainCharge = fc.record({
    quantity: fc.bigInt({ min: 0n, max: 10n ** 15n }).map(digits => numeral(digits, 3)),
    unitPrice: decimals(100n, 9),
    markup: decimals(300n, 2),
    effects: fc.array(plainEffect, { maxLength: 4 }),
    scale: fc.constantFrom(0, 2, 6, 24),
  })
  fc.assert(
    fc.property(plainCharge, one => {
      const { quantity, unitPrice, markup, effects, scale } = one
      const rated = charged(
        rateCharge({
          usage: { quantity },
          priceModel: definePriceModel({ kind: 'per-unit', unitPrice }),
          markups: defineMarkups([{ id: 'm', percent: markup }]),
          // Ids sort in the order of positions.
          discounts: effects.map((off, position) =>
            defineDiscount({ id: `${position}`, effect: 'percent' in off ? { kind: 'percentage', ...off } : { kind: 'fixed', ...off } }),
          ),
          rounding: { scale, mode: 'half-up' },
          context: { at: '2026-11-20T00:00:00Z' },
        }),
      )
      expect(rated.charge.toFixed()).toBe(reference(one))
    }),
    { numRuns: 500 },
  )
})
