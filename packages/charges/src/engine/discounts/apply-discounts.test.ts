import { Decimal, InvalidInput, Temporal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { applyDiscounts } from './apply-discounts.ts'
import { defineDiscount, type DiscountDraft } from '../../model/discounts/discount.ts'
import type { DiscountFacts } from '../../model/discounts/facts/discount-facts.ts'

const facts = (subtotal: string, known: Partial<DiscountFacts> = {}): DiscountFacts => ({
  at: Temporal.Instant.from('2026-11-20T12:00:00Z'),
  partFrom: Temporal.Instant.from('2026-11-20T12:00:00Z'),
  earlier: undefined,
  billingTier: 'pro',
  hidesBudgets: false,
  dimensions: {},
  firstTimeCustomer: undefined,
  couponCodes: [],
  charge: { quantity: new Decimal(500), subtotal: new Decimal(subtotal) },
  periodToDate: { quantity: new Decimal(9_500), subtotal: new Decimal(1_000) },
  discountStates: {},
  ...known,
})

const apply = (drafts: readonly DiscountDraft[], known: DiscountFacts) => applyDiscounts(drafts.map(defineDiscount), known)

const percent = (id: string, value: string, more: Partial<DiscountDraft> = {}): DiscountDraft => ({
  id,
  effect: { kind: 'percentage', percent: value },
  ...more,
})
const fixed = (id: string, amount: string, more: Partial<DiscountDraft> = {}): DiscountDraft => ({ id, effect: { kind: 'fixed', amount }, ...more })
const best = { stacking: { kind: 'best-of', group: 'sale' } } as const
const alone = { stacking: { kind: 'exclusive' } } as const
const slide = (measure: 'quantity' | 'subtotal', of: 'charge' | 'period'): DiscountDraft => ({
  id: 'slide',
  effect: {
    kind: 'tiered',
    measure,
    of,
    tiers: [
      { from: 0, percent: 0 },
      { from: 500, percent: 5 },
      { from: '10000', percent: '12.5' },
    ],
  },
})

describe.each<{ name: string; discounts: readonly DiscountDraft[]; subtotal: string; amount: string; expected: readonly (readonly [string, string])[] }>([
  { name: '10 % of the total cost', discounts: [percent('ten', '10')], subtotal: '123.45', amount: '111.105', expected: [['ten', '12.345']] },
  { name: '50 off', discounts: [fixed('fifty', '50')], subtotal: '123.45', amount: '73.45', expected: [['fifty', '50']] },
  { name: '50 off a smaller charge', discounts: [fixed('fifty', '50')], subtotal: '49.99', amount: '0', expected: [['fifty', '49.99']] },
  { name: 'by volume: a tier includes its start', discounts: [slide('quantity', 'charge')], subtotal: '100', amount: '95', expected: [['slide', '5']] },
  {
    name: 'by volume of the period, including this charge',
    discounts: [slide('quantity', 'period')],
    subtotal: '100',
    amount: '87.5',
    expected: [['slide', '12.5']],
  },
  { name: 'by subtotal', discounts: [slide('subtotal', 'charge')], subtotal: '499.99', amount: '499.99', expected: [] },
  {
    name: 'percentages of the remaining amount',
    discounts: [percent('a', '10'), percent('b', '20')],
    subtotal: '100',
    amount: '72',
    expected: [
      ['a', '10'],
      ['b', '18'],
    ],
  },
  {
    name: 'percentages of the subtotal',
    discounts: [percent('a', '10'), { id: 'b', effect: { kind: 'percentage', percent: 20, basis: 'subtotal' } }],
    subtotal: '100',
    amount: '70',
    expected: [
      ['a', '10'],
      ['b', '20'],
    ],
  },
  {
    name: 'higher priority first',
    discounts: [percent('a', '10'), fixed('b', '50', { priority: 1 })],
    subtotal: '100',
    amount: '45',
    expected: [
      ['b', '50'],
      ['a', '5'],
    ],
  },
  {
    name: 'lower id first at equal priority',
    discounts: [fixed('b', '50'), percent('a', '10')],
    subtotal: '100',
    amount: '40',
    expected: [
      ['a', '10'],
      ['b', '50'],
    ],
  },
  {
    name: 'negative priority last',
    discounts: [percent('a', '10', { priority: '-1' }), fixed('b', '50')],
    subtotal: '100',
    amount: '45',
    expected: [
      ['b', '50'],
      ['a', '5'],
    ],
  },
  {
    name: 'the best of a group',
    discounts: [percent('a', '10', best), fixed('b', '30', best), percent('c', '29.99', best)],
    subtotal: '100',
    amount: '70',
    expected: [['b', '30']],
  },
  {
    name: 'the best of a group on another subtotal',
    discounts: [percent('a', '10', best), fixed('b', '30', best)],
    subtotal: '300.01',
    amount: '270.009',
    expected: [['a', '30.001']],
  },
  {
    name: 'the best of a group within its limits',
    discounts: [percent('a', '90', { ...best, maximum: '5' }), fixed('b', '6', best)],
    subtotal: '100',
    amount: '94',
    expected: [['b', '6']],
  },
  {
    name: 'prefers the higher priority when two discounts of a group are equal',
    discounts: [fixed('a', '30', best), fixed('b', '30', { ...best, priority: 1 })],
    subtotal: '100',
    amount: '70',
    expected: [['b', '30']],
  },
  {
    name: 'the best of a group and stackable discounts',
    discounts: [fixed('a', '30', best), fixed('b', '20', best), percent('z', '50')],
    subtotal: '100',
    amount: '35',
    expected: [
      ['a', '30'],
      ['z', '35'],
    ],
  },
  {
    name: 'an exclusive discount excludes later ones',
    discounts: [fixed('a', '1', alone), fixed('b', '50')],
    subtotal: '100',
    amount: '99',
    expected: [['a', '1']],
  },
  {
    name: 'an exclusive discount is excluded by earlier ones',
    discounts: [fixed('a', '1'), fixed('b', '50', alone), fixed('c', '2')],
    subtotal: '100',
    amount: '97',
    expected: [
      ['a', '1'],
      ['c', '2'],
    ],
  },
  {
    name: 'an exclusive discount of 0 excludes nothing',
    discounts: [percent('a', '0', alone), fixed('b', '50')],
    subtotal: '100',
    amount: '50',
    expected: [['b', '50']],
  },
  { name: 'a maximum', discounts: [percent('a', '50', { maximum: '20.5' })], subtotal: '100', amount: '79.5', expected: [['a', '20.5']] },
  {
    name: 'a floor',
    discounts: [percent('a', '50', { floor: '60' }), fixed('b', '1')],
    subtotal: '100',
    amount: '59',
    expected: [
      ['a', '40'],
      ['b', '1'],
    ],
  },
  { name: 'a floor above the charge', discounts: [percent('a', '50', { floor: '200' })], subtotal: '100', amount: '100', expected: [] },
  { name: 'a charge of 0', discounts: [percent('a', '50'), fixed('b', '5')], subtotal: '0', amount: '0', expected: [] },
])('discounts: $name', ({ discounts, subtotal, amount, expected }) => {
  it(`leaves ${amount} of ${subtotal}`, () => {
    const applied = apply(discounts, facts(subtotal))
    expect(applied.amount.toFixed()).toBe(amount)
    expect(applied.applied.map(one => [one.id, one.amount.toFixed()])).toEqual(expected)
    const steps = applied.steps.map(step => step.rule).toSorted()
    expect(steps).toEqual(discounts.map(({ id }) => id).toSorted()) // each has a step, applied or not
  })
})

describe('a budget', () => {
  const promotion = percent('p', '50', { budget: '1000' })
  it.each([
    { remainingBudget: '1000', amount: '50', left: '950' },
    { remainingBudget: '20', amount: '80', left: '0' },
    { remainingBudget: '5000', amount: '50', left: '950' }, // more than the budget is ignored
  ])('with $remainingBudget left limits the discount', ({ remainingBudget, amount, left }) => {
    const applied = apply([promotion], facts('100', { discountStates: { p: { remainingBudget: new Decimal(remainingBudget) } } }))
    expect(applied.amount.toFixed()).toBe(amount)
    expect(applied.applied[0]?.remainingBudget?.toFixed()).toBe(left)
  })
  it.each([
    { discountStates: { p: { remainingBudget: new Decimal(0) } }, reason: 'its budget is used up' },
    { discountStates: {}, reason: 'its remaining budget is unknown' },
  ])('prevents the discount: $reason', ({ discountStates, reason }) => {
    const applied = apply([promotion], facts('100', { discountStates }))
    expect(applied.amount.toFixed()).toBe('100')
    expect(applied.steps[0]).toMatchObject({ applied: false, reason })
  })
})

it('explains why each discount applies or not', () => {
  const { steps } = apply(
    [
      fixed('1', '30', { ...best, priority: 9 }),
      fixed('2', '20', best),
      percent('3', '10', { conditions: [{ kind: 'billing-tier', anyOf: ['free'] }, { kind: 'first-time-customer' }] }),
      percent('4', '10', alone),
      percent('5', '0'),
      percent('6', '10', { floor: '70' }),
    ],
    facts('100'),
  )
  expect(steps.map(({ rule, applied, reason }) => [rule, applied, reason])).toEqual([
    ['1', true, 'all conditions are met'],
    ['2', false, '1 is the best discount of the group sale'],
    ['3', false, 'it is for the billing tiers free, not pro'],
    ['4', false, 'it is exclusive, and 1 was applied before it'],
    ['5', false, 'its amount is 0'],
    ['6', false, 'its limits allow no discount'],
  ])
})

it('returns the coupon code as defined', () => {
  const coupon = fixed('c', '5', { conditions: [{ kind: 'coupon', code: 'Welcome5' }] })
  expect(apply([coupon], facts('100', { couponCodes: ['WELCOME5'] })).applied).toMatchObject([{ id: 'c', coupon: 'Welcome5' }])
})

it('rejects two discounts with the same id', () => {
  expect(() => apply([fixed('a', '1'), fixed('b', '1'), percent('a', '1')], facts('100'))).toThrow(/discounts\.2\.id: is a duplicate: a/)
})

describe.each<{ name: string; draft: unknown; path: string }>([
  { name: 'more than 100 %', draft: percent('a', '100.1'), path: 'effect.percent' },
  { name: 'a surcharge', draft: fixed('a', '-1'), path: 'effect.amount' },
  { name: 'an unknown effect', draft: { id: 'a', effect: { kind: 'gift' } }, path: 'effect.kind' },
  {
    name: 'tiers that do not start at 0',
    draft: { id: 'a', effect: { kind: 'tiered', measure: 'quantity', tiers: [{ from: 1, percent: 1 }] } },
    path: 'effect.tiers.0.from',
  },
  { name: 'no id', draft: percent('', '1'), path: 'id' },
  { name: 'a fractional priority', draft: percent('a', '1', { priority: '0.5' }), path: 'priority' },
  { name: 'a group without a name', draft: { ...percent('a', '1'), stacking: { kind: 'best-of' } }, path: 'stacking.group' },
  {
    name: 'two coupons',
    draft: percent('a', '1', {
      conditions: [
        { kind: 'coupon', code: 'A' },
        { kind: 'coupon', code: 'B' },
      ],
    }),
    path: 'conditions',
  },
  { name: 'an unknown field', draft: { ...percent('a', '1'), cap: 5 }, path: 'cap' },
])('a discount with $name', ({ draft, path }) => {
  it(`is rejected for ${path}`, () => {
    const error = catchError(() => defineDiscount(draft as DiscountDraft))
    expect(error instanceof InvalidInput && error.issues.map(issue => issue.path)).toContain(path)
  })
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
