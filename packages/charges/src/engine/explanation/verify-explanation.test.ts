import { makePrice } from '@tollgate/pricing/testing'
import { createPriceCatalog, rateUsage } from '@tollgate/pricing'
import { Decimal } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ChargeExplanation, ExplainedCost, ExplainedStep } from '../../model/explanation/charge-explanation.ts'
import { verifyExplanation } from './verify-explanation.ts'
import { defineMarkups } from '../../model/markups/markups.ts'
import { defineDiscount } from '../../model/discounts/discount.ts'
import { definePriceModel } from '../../model/price-models/price-model.ts'
import { rateCharge } from '../charge/rate-charge.ts'

/** An explanation with every kind of step and effect, in which each rule affects the result. */
function sample(): ChargeExplanation {
  const at = '2026-11-20T00:00:00Z'
  const catalog = createPriceCatalog([makePrice({ rates: { input: '300', output: '15' } })])
  const rated = rateCharge({
    usage: { cost: rateUsage({ catalog, provider: 'acme-ai', model: 'large', tokens: { input: 1_000_000, output: 300 }, at }) },
    priceModel: definePriceModel({ kind: 'percentage', percent: 110, fixed: 1 }),
    markups: defineMarkups([{ id: 'm', percent: '12.5' }]),
    discounts: [
      defineDiscount({ id: 'a', priority: 3, effect: { kind: 'percentage', percent: 10, basis: 'subtotal' } }),
      defineDiscount({ id: 'b', priority: 2, effect: { kind: 'fixed', amount: 50 }, maximum: 20, stacking: { kind: 'best-of', group: 'g' } }),
      defineDiscount({
        id: 'c',
        priority: 1,
        effect: {
          kind: 'tiered',
          measure: 'subtotal',
          tiers: [
            { from: 0, percent: 1 },
            { from: 100, percent: 3 },
          ],
        },
        budget: 5,
      }),
      defineDiscount({ id: 'd', effect: { kind: 'percentage', percent: 5 }, conditions: [{ kind: 'first-time-customer' }] }),
    ],
    bounds: { atMost: '290.555' },
    rounding: { scale: 3, mode: 'half-even' },
    context: { at, discountStates: { c: { remainingBudget: 4 } } },
  })
  if (rated.state === 'unpriced') throw new Error(rated.reason)
  return rated.explanation
}

const paths = (explanation: ChargeExplanation) => verifyExplanation(explanation).map(({ path }) => path)

/** The explanation with one step changed. */
const change = (position: number, changes: object): ChargeExplanation => {
  const { steps, ...rest } = sample()
  return { ...rest, steps: steps.map((step, at) => (at === position ? { ...step, ...changes } : step)) }
}

it('accepts an explanation that adds up', () => {
  expect(sample().steps.map(({ step }) => step)).toEqual(['cost', 'price', 'markup', 'discount', 'discount', 'discount', 'discount', 'bounds', 'rounding'])
  expect(verifyExplanation(sample())).toEqual([])
})

describe.each<{ name: string; explanation: ChargeExplanation; finding: string }>([
  { name: 'a changed charge', explanation: { ...sample(), charge: '1' }, finding: 'charge' },
  { name: 'a charge that is not a number', explanation: { ...sample(), charge: 'lots' }, finding: 'charge' },
  { name: 'a changed line', explanation: change(0, { lines: [{ ...linesOf(0)[0], amount: '1' }, linesOf(0)[1]] }), finding: 'steps.0.lines.0.amount' },
  { name: 'a missing line', explanation: change(1, { lines: linesOf(1).slice(1) }), finding: 'steps.1.after' },
  {
    name: 'quantities that do not add up to the metered one',
    explanation: change(1, { lines: [{ ...linesOf(1)[0], quantity: '1' }, linesOf(1)[1]] }),
    finding: 'steps.1.metered',
  },
  { name: 'a step that does not start at the previous amount', explanation: change(2, { before: '1' }), finding: 'steps.2.before' },
  { name: 'a changed markup', explanation: change(2, { percent: '12' }), finding: 'steps.2.after' },
  { name: 'a changed percentage', explanation: change(3, { effect: { kind: 'percentage', percent: '11', basis: 'subtotal' } }), finding: 'steps.3.wanted' },
  {
    name: 'a changed basis',
    explanation: change(5, { effect: { kind: 'tiered', measured: '100', tiers: [{ from: '0', percent: '4' }], basis: 'subtotal' } }),
    finding: 'steps.5.wanted',
  },
  { name: 'a changed maximum', explanation: change(4, { limits: { maximum: '19', remainingBudget: null, floor: '0' } }), finding: 'steps.4.after' },
  { name: 'a smaller budget', explanation: change(5, { limits: { maximum: null, remainingBudget: '3', floor: '0' } }), finding: 'steps.5.after' },
  { name: 'a higher floor', explanation: change(4, { limits: { maximum: '20', remainingBudget: null, floor: '340' } }), finding: 'steps.4.after' },
  { name: 'a rejected discount marked as applied', explanation: change(6, { applied: true }), finding: 'steps.6.applied' },
  { name: 'an applied discount marked as rejected', explanation: change(3, { applied: false }), finding: 'steps.3.applied' },
  { name: 'discounts out of order', explanation: change(5, { priority: 9 }), finding: 'steps.5.rule' },
  { name: 'two discounts of a group', explanation: change(3, { stacking: { kind: 'best-of', group: 'g' } }), finding: 'steps.4.stacking' },
  { name: 'an exclusive discount among others', explanation: change(4, { stacking: { kind: 'exclusive' } }), finding: 'steps.4.stacking' },
  { name: 'a changed bound', explanation: change(7, { atMost: '300' }), finding: 'steps.7.after' },
  { name: 'a changed scale', explanation: change(8, { scale: 1 }), finding: 'steps.8.after' },
  {
    name: 'steps out of order',
    explanation: {
      ...sample(),
      steps: sample()
        .steps.toSpliced(2, 1)
        .toSpliced(5, 0, sample().steps[2] as ExplainedStep),
    },
    finding: 'steps.5.step',
  },
  { name: 'no rounding step', explanation: { ...sample(), steps: sample().steps.slice(0, -1) }, finding: 'steps.8' },
  {
    name: 'a negative cost that adds up',
    explanation: {
      ...sample(),
      steps: [{ ...(sample().steps[0] as ExplainedCost), lines: [{ label: 'x', quantity: '1', units: '1', unitPrice: '-5', amount: '-5' }], after: '-5' }],
    },
    finding: 'steps.0.after',
  },
  { name: 'no steps', explanation: { ...sample(), steps: [] }, finding: 'steps.0.step' },
])('an explanation with $name', ({ explanation, finding }) => {
  it(`is rejected at ${finding}`, () => {
    expect(paths(explanation)).toContain(finding)
  })
})

it('finds a change of any amount', () => {
  const places = sample().steps.flatMap((_, position) => (['before', 'after'] as const).map(field => ({ position, field })))
  fc.assert(
    fc.property(fc.constantFrom(...places), fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), ({ position, field }, digits) => {
      const changed = `${digits}`
      fc.pre(sample().steps[position]?.[field] !== changed)
      expect(verifyExplanation(change(position, { [field]: changed }))).not.toEqual([])
    }),
  )
})

function linesOf(position: number) {
  const step = sample().steps[position]
  return step?.step === 'cost' || step?.step === 'price' ? step.lines : []
}

describe('an explanation of a part of a period', () => {
  const at = '2026-11-20T00:00:00Z'
  const tiers = [
    { from: 0, unitPrice: 2 },
    { from: 100, unitPrice: 1 },
  ]
  const part = (kind: 'graduated' | 'volume', quantity: number): ChargeExplanation => {
    const rated = rateCharge({
      usage: { quantity },
      priceModel: definePriceModel({ kind, tiers }),
      earlier: { parts: [{ quantity: new Decimal(90), dimensions: {} }] },
      discounts: [
        defineDiscount({ id: 'a', priority: 1, effect: { kind: 'fixed', amount: 10 } }),
        defineDiscount({ id: 'b', effect: { kind: 'percentage', percent: 50 }, maximum: 9, floor: 175 }),
      ],
      context: {
        at,
        partFrom: at,
        earlier: { quantity: 90, subtotal: 180, charge: 170 },
        discountStates: { a: { taken: 4 }, b: { taken: 6 } },
      },
    })
    if (rated.state === 'unpriced') throw new Error(rated.reason)
    return rated.explanation
  }
  const alter = (position: number, alteration: (step: any) => object) => {
    const { steps, ...rest } = part('graduated', 30)
    return { ...rest, steps: steps.map((step, i) => (i === position ? { ...step, ...alteration(step) } : step)) } as ChargeExplanation
  }

  it('is accepted if it adds up with the earlier parts', () => {
    const explanation = part('graduated', 30)
    expect(verifyExplanation(explanation)).toEqual([])
    // 10 at 2 and 20 at 1. Of the fixed amount 6 is left, of the maximum 3.
    expect(explanation.steps.map(({ after }) => after)).toEqual(['40', '34', '31', '31'])
  })
  it('may be negative if a tier takes back, and then has no discount', () => {
    const explanation = part('volume', 30)
    expect(verifyExplanation(explanation)).toEqual([])
    expect(explanation.charge).toBe('-60')
    expect(explanation.steps.map(({ applied }) => applied)).toEqual([true, false, false, false])
  })
  it.each([
    { name: 'a changed earlier amount', explanation: alter(0, () => ({ earlier: { metered: '90', amount: '170' } })), finding: 'steps.0.earlier' },
    { name: 'a changed earlier quantity', explanation: alter(0, () => ({ earlier: { metered: '80', amount: '180' } })), finding: 'steps.0.earlier' },
    {
      name: 'a fixed amount that ignores what it took earlier',
      explanation: alter(1, ({ limits }) => ({ limits: { ...limits, taken: '0' } })),
      finding: 'steps.1.wanted',
    },
    {
      name: 'a maximum that ignores what it took earlier',
      explanation: alter(2, ({ limits }) => ({ limits: { ...limits, taken: '0' } })),
      finding: 'steps.2.after',
    },
    {
      name: 'a floor that ignores earlier charges',
      explanation: alter(2, ({ limits }) => ({ limits: { ...limits, earlier: '0' } })),
      finding: 'steps.2.after',
    },
  ])('is rejected with $name', ({ explanation, finding }) => {
    expect(paths(explanation)).toContain(finding)
  })
  it('is rejected if it is negative without taking back', () => {
    const { steps, ...rest } = part('volume', 30)
    const [price, ...others] = steps
    const { earlier: _earlier, ...plain } = price as ExplainedStep & { earlier?: unknown }
    expect(paths({ ...rest, steps: [plain as ExplainedStep, ...others] })).toContain('steps.0.after')
  })
})
