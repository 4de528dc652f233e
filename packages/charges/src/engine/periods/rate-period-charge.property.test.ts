import { Decimal, Temporal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineMarkups } from '../../model/markups/markups.ts'
import { verifyExplanation } from '../explanation/verify-explanation.ts'
import { defineDiscount, type DiscountDraft } from '../../model/discounts/discount.ts'
import { definePriceModel, type PriceModelDraft } from '../../model/price-models/price-model.ts'
import { rateCharge, type RatedCharge } from '../charge/rate-charge.ts'
import { cutByTime } from '../rules/cut-by-time.ts'
import type { UsageLine } from './rate-part-charge.ts'
import { type RatePeriodChargeInput, ratePeriodCharge, type ChargePart } from './rate-period-charge.ts'

const numeral = (digits: bigint, scale: number) => new Decimal(`${digits}e-${scale}`).toFixed()
const decimals = (most: bigint, scale: number) => fc.bigInt({ min: 0n, max: most * 10n ** BigInt(scale) }).map(digits => numeral(digits, scale))
const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined })

const tiers = fc.tuple(decimals(2n, 4), decimals(2n, 4), optional(decimals(9n, 2)), decimals(2n, 4)).map(([low, middle, flatFee, high]) => [
  { from: 0, unitPrice: low },
  { from: 100, unitPrice: middle, flatFee },
  { from: 1_000, unitPrice: high },
])
const bounded = fc.record({ includedUnits: optional(decimals(300n, 1)), minimum: optional(decimals(50n, 2)) })
const quantityModels = {
  perUnit: fc.tuple(decimals(2n, 4), bounded).map(([unitPrice, bounds]): PriceModelDraft => ({ kind: 'per-unit', unitPrice, ...bounds })),
  graduated: fc.tuple(tiers, bounded).map(([steps, bounds]): PriceModelDraft => ({ kind: 'graduated', tiers: steps, ...bounds })),
  package: fc
    .tuple(decimals(9n, 2), fc.constantFrom('charged' as const, 'free' as const), bounded)
    .map(([price, partialBlock, bounds]): PriceModelDraft => ({ kind: 'package', size: 70, price, partialBlock, ...bounds })),
  volume: fc.tuple(tiers, bounded).map(([steps, bounds]): PriceModelDraft => ({ kind: 'volume', tiers: steps, ...bounds })),
  flatFee: decimals(20n, 2).map((fee): PriceModelDraft => ({ kind: 'flat-fee', fee })),
}
const simple = fc.oneof(...Object.values(quantityModels))
const matrix = fc.tuple(simple, simple, simple, optional(decimals(60n, 2))).map(([large, output, rest, maximum]): PriceModelDraft => ({
  kind: 'matrix',
  dimensions: ['model', 'pool'],
  cells: [
    { of: { model: 'large' }, price: large },
    { of: { model: 'small', pool: 'output' }, price: output },
    { of: {}, price: rest },
  ],
  maximum,
}))

const part = fc.record({
  quantity: decimals(400n, 2).map(text => new Decimal(text)),
  dimensions: fc.record({ model: fc.constantFrom('large', 'small'), pool: fc.constantFrom('input', 'output') }),
})
const event = fc.array(part, { minLength: 1, maxLength: 3 })
const context = { at: '2026-11-01T00:00:00Z', tenantId: 'acme' } as const

const charged = (rated: RatedCharge) => {
  if (rated.state === 'unpriced') throw new Error(rated.reason)
  return rated
}

describe.each([...Object.entries(quantityModels), ['matrix', matrix] as const])(
  'a period charged event by event, by a price of the kind %s',
  (kind, models) => {
    it('adds up to the charge of the period exactly, and every explanation adds up', () => {
      fc.assert(
        fc.property(models, fc.array(event, { minLength: 1, maxLength: 8 }), (draft, events) => {
          const priceModel = definePriceModel(draft)
          let sum = ZERO
          for (const [i, parts] of events.entries()) {
            const before = events.slice(0, i).flat()
            const rated = charged(rateCharge({ usage: { parts }, priceModel, context, earlier: i === 0 ? undefined : { parts: before } }))
            expect(verifyExplanation(JSON.parse(JSON.stringify(rated.explanation)))).toEqual([])
            if (kind !== 'volume' && kind !== 'matrix') expect(rated.charge.gte(0)).toBe(true)
            sum = sum.plus(rated.charge)
          }
          expect(sum.toFixed()).toBe(charged(rateCharge({ usage: { parts: events.flat() }, priceModel, context })).charge.toFixed())
        }),
      )
    })
  },
)

const AT = Temporal.Instant.from('2026-11-01T00:00:00Z')
const range = (position: number) => ({ from: AT.add({ hours: position }), to: AT.add({ hours: position + 1 }) })

const line = fc.record({ model: fc.constantFrom('large', 'small'), cost: decimals(90n, 4), tokens: fc.nat({ max: 500 }) })
const lineOf = (model: string, cost: Decimal, tokens: Decimal): UsageLine => ({
  provider: 'acme-ai',
  model,
  parts: [{ quantity: tokens, dimensions: { provider: 'acme-ai', model, pool: 'input' } }],
  cost,
  label: model,
})
/** Merges the usage of each model into one line, as in a range that is not cut. */
const linesOf = (used: readonly { model: string; cost: string; tokens: number }[]) =>
  [...Map.groupBy(used, ({ model }) => model)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([model, some]) =>
      lineOf(
        model,
        some.reduce((sum, { cost }) => sum.plus(cost), ZERO),
        some.reduce((sum, { tokens }) => sum.plus(tokens), ZERO),
      ),
    )

const effect: fc.Arbitrary<DiscountDraft['effect']> = fc.oneof(
  decimals(100n, 2).map(percent => ({ kind: 'percentage', percent }) as const),
  decimals(60n, 2).map(amount => ({ kind: 'fixed', amount }) as const),
)
const ofModel = { kind: 'provider-model', models: ['large'] } as const
const discount = fc.record({
  effect,
  priority: fc.integer({ min: -1, max: 1 }),
  maximum: optional(decimals(30n, 2)),
  conditions: fc.constantFrom([], [], [ofModel]),
})
const discounts = fc.array(discount, { maxLength: 3 }).map(drafts => drafts.map((draft, i) => defineDiscount({ id: `d${i}`, ...draft })))
const markups = decimals(80n, 2).map(percent => defineMarkups([{ id: 'm', percent, model: 'large' }]))
const list = (draft: PriceModelDraft) => ({ id: 'list v1', name: 'list', model: definePriceModel(draft), counts: 'tokens' as const })
const cuts = fc.array(fc.array(line, { maxLength: 3 }), { minLength: 2, maxLength: 5 })
const noMarkups = defineMarkups([])

const whole = (used: readonly (readonly { model: string; cost: string; tokens: number }[])[], rules: ChargePart['rules']) =>
  charged(ratePeriodCharge({ parts: [{ range: range(0), rules, lines: linesOf(used.flat()) }], context }).total)
const inParts = (used: Parameters<typeof whole>[0], rules: ChargePart['rules'], more: Partial<RatePeriodChargeInput> = {}) =>
  ratePeriodCharge({ parts: used.map((some, i) => ({ range: range(i), rules, lines: linesOf(some) })), context, ...more })

describe('a period cut into parts with the same rules', () => {
  it('has the same charge by cost as uncut: fixed amounts and maximums apply once, percentages to everything', () => {
    fc.assert(
      fc.property(cuts, markups, discounts, (used, own, off) => {
        const rules = { markups: own, discounts: off, priceModel: undefined }
        expect(charged(inParts(used, rules).total).charge.toFixed()).toBe(whole(used, rules).charge.toFixed())
      }),
    )
  })
  it('has the same charge by price list as uncut: tiers, blocks, included units, fees and minimums apply once', () => {
    fc.assert(
      fc.property(cuts, fc.oneof(simple, matrix), (used, draft) => {
        const rules = { markups: noMarkups, discounts: [], priceModel: list(draft) }
        expect(charged(inParts(used, rules).total).charge.toFixed()).toBe(whole(used, rules).charge.toFixed())
      }),
    )
  })
  it('has the same charge with discounts as uncut, if no tier takes back', () => {
    const models = fc.oneof(quantityModels.perUnit, quantityModels.graduated, quantityModels.package)
    fc.assert(
      fc.property(cuts, models, discounts, (used, draft, off) => {
        const rules = { markups: noMarkups, discounts: off, priceModel: list(draft) }
        expect(charged(inParts(used, rules).total).charge.toFixed()).toBe(whole(used, rules).charge.toFixed())
      }),
    )
  })
  it('is one transaction for a percentage of cost', () => {
    const percentage = fc
      .tuple(decimals(50n, 2), decimals(3n, 2), optional(decimals(40n, 2)))
      .map(([percent, fixed, minimumPerTransaction]): PriceModelDraft => ({ kind: 'percentage', percent, fixed, minimumPerTransaction }))
    fc.assert(
      fc.property(cuts, percentage, (used, draft) => {
        const rules = { markups: noMarkups, discounts: [], priceModel: list(draft) }
        expect(charged(inParts(used, rules).total).charge.toFixed()).toBe(whole(used, rules).charge.toFixed())
      }),
    )
  })
})

describe('a period cut by time-based discounts', () => {
  const HOURS = 24 * 10
  const tenDays = { from: AT, to: AT.add({ hours: HOURS }) }
  const timed = fc.constantFrom(
    [{ kind: 'hours-of-day' as const, from: '22:00', to: '06:00', timeZone: 'Asia/Kolkata' }],
    [{ kind: 'hours-of-day' as const, from: '09:00', to: '17:30', timeZone: 'UTC' }, ofModel],
    [{ kind: 'weekdays' as const, days: ['saturday', 'sunday'] as const, timeZone: 'Pacific/Auckland' }],
    [],
  )
  const withTimes = fc
    .array(fc.tuple(discount, timed), { minLength: 1, maxLength: 3 })
    .map(drafts => drafts.map(([draft, conditions], i) => defineDiscount({ id: `d${i}`, ...draft, conditions: [...draft.conditions, ...conditions] })))
  const moment = fc.integer({ min: 0, max: HOURS * 60 - 1 })
  const events = fc.array(fc.tuple(moment, line), { maxLength: 12 })
  const at = (minutes: number) => AT.add({ minutes })

  const charge = (
    used: readonly (readonly [number, { model: string; cost: string; tokens: number }])[],
    rules: ChargePart['rules'],
    cutAt: readonly number[] = [],
  ) => {
    const starts = [0, ...cutAt.filter(minutes => minutes > 0)].toSorted((one, other) => one - other)
    const stretches = [...new Set(starts)].map((minutes, i, all) => ({
      range: { from: at(minutes), to: all[i + 1] === undefined ? tenDays.to : at(all[i + 1] ?? 0) },
      rules,
    }))
    const parts = cutByTime(stretches).map(({ range: own }) => ({
      range: own,
      rules,
      lines: linesOf(
        used
          .filter(([minutes]) => Temporal.Instant.compare(own.from, at(minutes)) <= 0 && Temporal.Instant.compare(at(minutes), own.to) < 0)
          .map(([, one]) => one),
      ),
    }))
    return ratePeriodCharge({ parts, context })
  }

  it('has the same charge as uncut if the cut changes nothing, and its parts add up to it', () => {
    const lists = optional(fc.oneof(quantityModels.perUnit, quantityModels.graduated, quantityModels.package).map(list))
    fc.assert(
      fc.property(events, fc.record({ markups, discounts: withTimes, priceModel: lists }), fc.array(moment, { maxLength: 4 }), (used, rules, cutAt) => {
        const [uncut, cut] = [charge(used, rules), charge(used, rules, cutAt)]
        expect(charged(cut.total).charge.toFixed()).toBe(charged(uncut.total).charge.toFixed())
        const sum = uncut.parts.reduce((amount, { rated }) => amount.plus(charged(rated.total).charge), ZERO)
        expect(sum.toFixed()).toBe(charged(uncut.total).charge.toFixed())
        expect(verifyExplanation(JSON.parse(JSON.stringify(charged(cut.total).explanation)))).toEqual([])
      }),
    )
  })
  it('has the charge of its day and its night, charged separately', () => {
    const isNight = (minutes: number) => {
      const { hour } = at(minutes).toZonedDateTimeISO('Asia/Kolkata')
      return hour >= 22 || hour < 6
    }
    fc.assert(
      fc.property(events, markups, decimals(100n, 2), (used, own, percent) => {
        const night = { kind: 'hours-of-day' as const, from: '22:00', to: '06:00', timeZone: 'Asia/Kolkata' }
        const half = defineDiscount({ id: 'night', effect: { kind: 'percentage', percent }, conditions: [night] })
        const always = defineDiscount({ id: 'always', effect: { kind: 'percentage', percent } })
        const [byNight, byDay] = [used.filter(([minutes]) => isNight(minutes)), used.filter(([minutes]) => !isNight(minutes))]
        const all = charged(charge(used, { markups: own, discounts: [half], priceModel: undefined }).total).charge
        const ofNight = charged(charge(byNight, { markups: own, discounts: [always], priceModel: undefined }).total).charge
        const ofDay = charged(charge(byDay, { markups: own, discounts: [], priceModel: undefined }).total).charge
        expect(all.toFixed()).toBe(ofNight.plus(ofDay).toFixed())
      }),
    )
  })
})

describe('a period cut where rules change', () => {
  const anyStacking = fc.oneof(
    fc.constant({ kind: 'stackable' } as const),
    fc.constant({ kind: 'exclusive' } as const),
    fc.constant({ kind: 'best-of', group: 'g' } as const),
  )
  const tiered = fc.tuple(decimals(100n, 2), decimals(100n, 2)).map(([low, high]) => ({
    kind: 'tiered' as const,
    measure: 'quantity' as const,
    tiers: [
      { from: 0, percent: low },
      { from: 300, percent: high },
    ],
  }))
  const anyDiscounts = fc
    .array(fc.record({ effect: fc.oneof(effect, tiered), stacking: anyStacking, floor: optional(decimals(20n, 1)), budget: optional(decimals(80n, 1)) }), {
      maxLength: 3,
    })
    .map(drafts => drafts.map((draft, i) => defineDiscount({ id: `d${i}`, ...draft })))
  const rules = fc.record({
    markups,
    discounts: anyDiscounts,
    priceModel: optional(fc.tuple(fc.oneof(simple, matrix), fc.constantFrom('a', 'b')).map(([draft, name]) => ({ ...list(draft), id: `${name} v?`, name }))),
  })
  const parts = fc
    .array(fc.tuple(rules, fc.array(line, { maxLength: 3 })), { minLength: 2, maxLength: 5 })
    .map(all => all.map(([own, used], i): ChargePart => ({ range: range(i), rules: own, lines: linesOf(used) })))
  const discountStates = Object.fromEntries(['d0', 'd1', 'd2'].map(id => [id, { remainingBudget: '25' }]))

  it('has parts that add up to the total, which is not negative; every explanation adds up, and no budget is exceeded', () => {
    fc.assert(
      fc.property(parts, period => {
        const rated = ratePeriodCharge({ parts: period, context: { ...context, discountStates } })
        const total = charged(rated.total)
        expect(total.charge.gte(0)).toBe(true)
        const explanations = [total, ...rated.parts.flatMap(({ rated: one }) => [one.total, ...one.lines.flatMap(({ charge }) => charge ?? [])])].flatMap(one =>
          one.state === 'charged' ? [one.explanation] : [],
        )
        for (const explanation of explanations) expect(verifyExplanation(JSON.parse(JSON.stringify(explanation)))).toEqual([])
        const sum = rated.parts.reduce((amount, { rated: one }) => amount.plus(charged(one.total).charge), ZERO)
        expect(total.charge.toFixed()).toBe(Decimal.max(sum, 0).toFixed())
        for (const [promotion, applied] of Map.groupBy(rated.discounts, one => one.promotion)) {
          const budgets = applied.flatMap(({ budget }) => budget ?? [])
          // Some versions of a promotion can have no budget. If all have one, they share it.
          if (budgets.length < applied.length) continue
          const amount = applied.reduce((sumOf, one) => sumOf.plus(one.amount), ZERO)
          expect({ promotion, over: amount.gt(25) }).toEqual({ promotion, over: false })
        }
      }),
    )
  })
})
