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

describe.each<{ name: string; discounts: readonly DiscountDraft[]; subtotal: string; amount: string; given: readonly (readonly [string, string])[] }>([
  { name: '10 % of the total cost', discounts: [percent('ten', '10')], subtotal: '123.45', amount: '111.105', given: [['ten', '12.345']] },
  { name: '50 off', discounts: [fixed('fifty', '50')], subtotal: '123.45', amount: '73.45', given: [['fifty', '50']] },
  { name: '50 off what is less', discounts: [fixed('fifty', '50')], subtotal: '49.99', amount: '0', given: [['fifty', '49.99']] },
  { name: 'by volume: a tier begins with its bound', discounts: [slide('quantity', 'charge')], subtotal: '100', amount: '95', given: [['slide', '5']] },
  { name: 'by volume of the period, with this charge', discounts: [slide('quantity', 'period')], subtotal: '100', amount: '87.5', given: [['slide', '12.5']] },
  { name: 'by volume in money', discounts: [slide('subtotal', 'charge')], subtotal: '499.99', amount: '499.99', given: [] },
  {
    name: 'percentages of what remains',
    discounts: [percent('a', '10'), percent('b', '20')],
    subtotal: '100',
    amount: '72',
    given: [
      ['a', '10'],
      ['b', '18'],
    ],
  },
  {
    name: 'percentages of the subtotal',
    discounts: [percent('a', '10'), { id: 'b', effect: { kind: 'percentage', percent: 20, basis: 'subtotal' } }],
    subtotal: '100',
    amount: '70',
    given: [
      ['a', '10'],
      ['b', '20'],
    ],
  },
  {
    name: 'the higher priority first',
    discounts: [percent('a', '10'), fixed('b', '50', { priority: 1 })],
    subtotal: '100',
    amount: '45',
    given: [
      ['b', '50'],
      ['a', '5'],
    ],
  },
  {
    name: 'of equal priority the lower id first',
    discounts: [fixed('b', '50'), percent('a', '10')],
    subtotal: '100',
    amount: '40',
    given: [
      ['a', '10'],
      ['b', '50'],
    ],
  },
  {
    name: 'a negative priority last',
    discounts: [percent('a', '10', { priority: '-1' }), fixed('b', '50')],
    subtotal: '100',
    amount: '45',
    given: [
      ['b', '50'],
      ['a', '5'],
    ],
  },
  {
    name: 'the best of a group',
    discounts: [percent('a', '10', best), fixed('b', '30', best), percent('c', '29.99', best)],
    subtotal: '100',
    amount: '70',
    given: [['b', '30']],
  },
  {
    name: 'the best of a group, on another subtotal',
    discounts: [percent('a', '10', best), fixed('b', '30', best)],
    subtotal: '300.01',
    amount: '270.009',
    given: [['a', '30.001']],
  },
  {
    name: 'the best of a group by what its limits leave',
    discounts: [percent('a', '90', { ...best, maximum: '5' }), fixed('b', '6', best)],
    subtotal: '100',
    amount: '94',
    given: [['b', '6']],
  },
  {
    name: 'of equals in a group, the higher priority',
    discounts: [fixed('a', '30', best), fixed('b', '30', { ...best, priority: 1 })],
    subtotal: '100',
    amount: '70',
    given: [['b', '30']],
  },
  {
    name: 'the best of a group beside what stacks',
    discounts: [fixed('a', '30', best), fixed('b', '20', best), percent('z', '50')],
    subtotal: '100',
    amount: '35',
    given: [
      ['a', '30'],
      ['z', '35'],
    ],
  },
  {
    name: 'an exclusive one keeps out what follows',
    discounts: [fixed('a', '1', alone), fixed('b', '50')],
    subtotal: '100',
    amount: '99',
    given: [['a', '1']],
  },
  {
    name: 'an exclusive one is kept out by what goes before',
    discounts: [fixed('a', '1'), fixed('b', '50', alone), fixed('c', '2')],
    subtotal: '100',
    amount: '97',
    given: [
      ['a', '1'],
      ['c', '2'],
    ],
  },
  {
    name: 'an exclusive one that comes to nothing keeps nothing out',
    discounts: [percent('a', '0', alone), fixed('b', '50')],
    subtotal: '100',
    amount: '50',
    given: [['b', '50']],
  },
  { name: 'a maximum', discounts: [percent('a', '50', { maximum: '20.5' })], subtotal: '100', amount: '79.5', given: [['a', '20.5']] },
  {
    name: 'a floor',
    discounts: [percent('a', '50', { floor: '60' }), fixed('b', '1')],
    subtotal: '100',
    amount: '59',
    given: [
      ['a', '40'],
      ['b', '1'],
    ],
  },
  { name: 'a floor above what there is', discounts: [percent('a', '50', { floor: '200' })], subtotal: '100', amount: '100', given: [] },
  { name: 'nothing of nothing', discounts: [percent('a', '50'), fixed('b', '5')], subtotal: '0', amount: '0', given: [] },
])('discounts: $name', ({ discounts, subtotal, amount, given }) => {
  it(`leaves ${amount} of ${subtotal}`, () => {
    const applied = apply(discounts, facts(subtotal))
    expect(applied.amount.toFixed()).toBe(amount)
    expect(applied.given.map(one => [one.id, one.amount.toFixed()])).toEqual(given)
    const steps = applied.steps.map(step => step.rule).toSorted()
    expect(steps).toEqual(discounts.map(({ id }) => id).toSorted()) // each was considered, given or not
  })
})

describe('a budget', () => {
  const promotion = percent('p', '50', { budget: '1000' })
  it.each([
    { remainingBudget: '1000', amount: '50', left: '950' },
    { remainingBudget: '20', amount: '80', left: '0' },
    { remainingBudget: '5000', amount: '50', left: '950' }, // more than the whole is not believed
  ])('of which $remainingBudget is left', ({ remainingBudget, amount, left }) => {
    const applied = apply([promotion], facts('100', { discountStates: { p: { remainingBudget: new Decimal(remainingBudget) } } }))
    expect(applied.amount.toFixed()).toBe(amount)
    expect(applied.given[0]?.remainingBudget?.toFixed()).toBe(left)
  })
  it.each([
    { discountStates: { p: { remainingBudget: new Decimal(0) } }, reason: 'its budget is used up' },
    { discountStates: {}, reason: 'what is left of its budget is not known' },
  ])('is not overdrawn: $reason', ({ discountStates, reason }) => {
    const applied = apply([promotion], facts('100', { discountStates }))
    expect(applied.amount.toFixed()).toBe('100')
    expect(applied.steps[0]).toMatchObject({ applied: false, reason })
  })
})

it('says why each discount is not given', () => {
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
    ['1', true, 'all its conditions hold'],
    ['2', false, '1 is the best of the group sale'],
    ['3', false, 'it is for the billing tiers free, not pro'],
    ['4', false, 'it is given alone only, and 1 goes before it'],
    ['5', false, 'it comes to nothing'],
    ['6', false, 'its limits leave nothing to take off'],
  ])
})

it('names the coupon that was redeemed, as it is kept', () => {
  const coupon = fixed('c', '5', { conditions: [{ kind: 'coupon', code: 'Welcome5' }] })
  expect(apply([coupon], facts('100', { couponCodes: ['WELCOME5'] })).given).toMatchObject([{ id: 'c', coupon: 'Welcome5' }])
})

it('refuses two discounts with one id', () => {
  expect(() => apply([fixed('a', '1'), fixed('b', '1'), percent('a', '1')], facts('100'))).toThrow(/discounts\.2\.id: is given twice: a/)
})

describe.each<{ name: string; draft: unknown; path: string }>([
  { name: 'more than all', draft: percent('a', '100.1'), path: 'effect.percent' },
  { name: 'a surcharge', draft: fixed('a', '-1'), path: 'effect.amount' },
  { name: 'an effect that is none', draft: { id: 'a', effect: { kind: 'gift' } }, path: 'effect.kind' },
  {
    name: 'tiers that begin late',
    draft: { id: 'a', effect: { kind: 'tiered', measure: 'quantity', tiers: [{ from: 1, percent: 1 }] } },
    path: 'effect.tiers.0.from',
  },
  { name: 'no id', draft: percent('', '1'), path: 'id' },
  { name: 'a priority between two', draft: percent('a', '1', { priority: '0.5' }), path: 'priority' },
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
  { name: 'a field that is none', draft: { ...percent('a', '1'), cap: 5 }, path: 'cap' },
])('a discount with $name', ({ draft, path }) => {
  it(`is refused for ${path}`, () => {
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
