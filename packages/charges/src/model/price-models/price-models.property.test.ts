import { Decimal, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { definePriceModel, type PriceModel, type PriceModelDraft } from './price-model.ts'
import { priceUsage } from './price-usage.ts'
import { sumLines } from './priced-line.ts'

/** A reference implementation with integers of 10^-scale, without decimals. */
const QUANTITY_SCALE = 3
const PRICE_SCALE = 6
const numeral = (digits: bigint, scale: number) => new Decimal(`${digits}e-${scale}`).toFixed()

const quantity = fc.oneof(fc.bigInt({ min: 0n, max: 30_000n }), fc.bigInt({ min: 0n, max: 10n ** 15n }))
const price = fc.bigInt({ min: 0n, max: 10n ** 10n })

interface TierDigits {
  readonly from: bigint
  readonly unitPrice: bigint
  readonly flatFee: bigint
}
const tiers = fc
  .tuple(
    fc.uniqueArray(fc.oneof(fc.bigInt({ min: 1n, max: 30_000n }), fc.bigInt({ min: 1n, max: 10n ** 14n })), { maxLength: 5 }),
    fc.array(fc.tuple(price, price), { minLength: 6, maxLength: 6 }),
  )
  .map(([bounds, prices]): readonly TierDigits[] =>
    [0n, ...bounds.toSorted((one, other) => (one < other ? -1 : 1))].map((from, position) => {
      const [unitPrice, flatFee] = prices[position] ?? [0n, 0n]
      return { from, unitPrice, flatFee }
    }),
  )

interface Sample {
  readonly draft: PriceModelDraft
  /** Price of `digits` thousandths of a unit, in 10^-9. */
  readonly reference: (digits: bigint) => bigint
}

const FEE = 10n ** BigInt(QUANTITY_SCALE)
const tierDrafts = (digits: readonly TierDigits[]) =>
  digits.map(({ from, unitPrice, flatFee }) => ({
    from: numeral(from, QUANTITY_SCALE),
    unitPrice: numeral(unitPrice, PRICE_SCALE),
    flatFee: numeral(flatFee, PRICE_SCALE),
  }))

const flatFee = price.map((fee): Sample => ({ draft: { kind: 'flat-fee', fee: numeral(fee, PRICE_SCALE) }, reference: () => fee * FEE }))
const perUnit = price.map((unitPrice): Sample => ({
  draft: { kind: 'per-unit', unitPrice: numeral(unitPrice, PRICE_SCALE) },
  reference: digits => digits * unitPrice,
}))
const packagePrice = fc.tuple(fc.bigInt({ min: 1n, max: 50_000n }), price, fc.boolean()).map(([size, block, charged]): Sample => ({
  draft: { kind: 'package', size: numeral(size, QUANTITY_SCALE), price: numeral(block, PRICE_SCALE), partialBlock: charged ? 'charged' : 'free' },
  reference: digits => ((digits + (charged ? size - 1n : 0n)) / size) * block * FEE,
}))
/** Units of a tier: those below its end minus those below its start. */
const graduated = tiers.map((steps): Sample => ({
  draft: { kind: 'graduated', tiers: tierDrafts(steps) },
  reference: digits =>
    steps.reduce((sum, { from, unitPrice, flatFee: fee }, position) => {
      const end = steps[position + 1]?.from ?? digits
      const below = (bound: bigint) => (digits < bound ? digits : bound)
      const inTier = below(end) - below(from)
      return inTier > 0n ? sum + inTier * unitPrice + fee * FEE : sum
    }, 0n),
}))
const volumeOf = (steps: readonly TierDigits[]): Sample => ({
  draft: { kind: 'volume', tiers: tierDrafts(steps) },
  reference(digits) {
    const reached = steps.findLast(({ from }) => digits > from)
    return reached === undefined ? 0n : digits * reached.unitPrice + reached.flatFee * FEE
  },
})
const volume = tiers.map(volumeOf)

const amountOf = (model: PriceModel, digits: bigint): Decimal => {
  const priced = priceUsage(model, [{ quantity: new Decimal(numeral(digits, QUANTITY_SCALE)), dimensions: {} }])
  if (priced.state === 'unpriced') throw new Error(priced.reason)
  return sumLines(priced.lines)
}

describe.each([
  { kind: 'flat fee', samples: flatFee },
  { kind: 'per unit', samples: perUnit },
  { kind: 'package', samples: packagePrice },
  { kind: 'graduated', samples: graduated },
  { kind: 'volume', samples: volume },
])('for any $kind price and quantity', ({ samples }) => {
  it('the amount equals integer arithmetic on the units after the included ones', () => {
    fc.assert(
      fc.property(samples, quantity, fc.oneof(fc.constant(0n), fc.bigInt({ min: 0n, max: 40_000n })), ({ draft, reference }, digits, included) => {
        // A flat fee has no included units.
        const terms = draft.kind === 'flat-fee' ? draft : ({ ...draft, includedUnits: numeral(included, QUANTITY_SCALE) } as PriceModelDraft)
        const charged = digits > included ? digits - included : 0n
        expect(amountOf(definePriceModel(terms), digits).toFixed()).toBe(numeral(reference(charged), QUANTITY_SCALE + PRICE_SCALE))
      }),
    )
  })

  it('lines account for every unit once, and each amount is units times unit price', () => {
    fc.assert(
      fc.property(samples, fc.array(quantity, { maxLength: 4 }), price, ({ draft }, parts, minimum) => {
        const usage = parts.map(digits => ({ quantity: new Decimal(numeral(digits, QUANTITY_SCALE)), dimensions: {} }))
        const priced = priceUsage(definePriceModel({ ...draft, minimum: numeral(minimum, PRICE_SCALE), maximum: numeral(minimum * 3n, PRICE_SCALE) }), usage)
        const lines = priced.state === 'priced' ? priced.lines : []
        const metered = usage.reduce((sum, part) => sum.plus(part.quantity), ZERO)
        expect(lines.reduce((sum, line) => sum.plus(line.quantity), ZERO).toFixed()).toBe(metered.toFixed())
        for (const line of lines) expect(line.amount.eq(line.units.times(line.unitPrice))).toBe(true)
        expect(sumLines(lines).gte(numeral(minimum, PRICE_SCALE)) && sumLines(lines).lte(numeral(minimum * 3n, PRICE_SCALE))).toBe(true)
      }),
    )
  })

  it('the price does not depend on how the quantity is split into parts', () => {
    fc.assert(
      fc.property(samples, quantity, quantity, ({ draft }, one, other) => {
        const model = definePriceModel(draft)
        const parts = [one, other].map(digits => ({ quantity: new Decimal(numeral(digits, QUANTITY_SCALE)), dimensions: {} }))
        const priced = priceUsage(model, parts)
        expect(priced.state === 'priced' && sumLines(priced.lines).toFixed()).toBe(amountOf(model, one + other).toFixed())
      }),
    )
  })
})

describe('price models', () => {
  const rising = (samples: fc.Arbitrary<Sample>) =>
    fc.assert(
      fc.property(samples, quantity, quantity, fc.bigInt({ min: 0n, max: 40_000n }), ({ draft }, less, more, included) => {
        const model = definePriceModel({ ...draft, includedUnits: numeral(included, QUANTITY_SCALE) } as PriceModelDraft)
        expect(amountOf(model, less).lte(amountOf(model, less + more))).toBe(true)
      }),
    )
  it('a per-unit price never falls as units rise', () => rising(perUnit))
  it('a package price never falls as units rise', () => rising(packagePrice))
  it('a graduated price never falls as units rise', () => rising(graduated))
  it('a volume price never falls as units rise, if no tier is cheaper than the previous one', () => {
    rising(
      tiers.map(steps => {
        const sorted = (name: 'unitPrice' | 'flatFee') => steps.map(step => step[name]).toSorted((one, other) => (one < other ? -1 : Number(one > other)))
        const [unitPrices, flatFees] = [sorted('unitPrice'), sorted('flatFee')]
        return volumeOf(steps.map(({ from }, position) => ({ from, unitPrice: unitPrices[position] ?? 0n, flatFee: flatFees[position] ?? 0n })))
      }),
    )
  })
  it('volume, within a tier', () => {
    fc.assert(
      fc.property(tiers, fc.nat({ max: 5 }), quantity, quantity, (steps, position, one, other) => {
        const { from } = steps[position % steps.length] ?? { from: 0n }
        const end = steps.find(step => step.from > from)?.from
        const inTier = (digits: bigint) => from + 1n + (end === undefined ? digits : digits % (end - from))
        const [less, more] = [inTier(one), inTier(other)].toSorted((a, b) => (a < b ? -1 : 1)) as [bigint, bigint]
        const model = definePriceModel(volumeOf(steps).draft)
        expect(amountOf(model, less).lte(amountOf(model, more))).toBe(true)
      }),
    )
  })
})

it('graduated and volume prices with one tier equal a price per unit', () => {
  fc.assert(
    fc.property(price, quantity, (unitPrice, digits) => {
      const one = [{ from: 0, unitPrice: numeral(unitPrice, PRICE_SCALE) }]
      const amounts = [
        definePriceModel({ kind: 'graduated', tiers: one }),
        definePriceModel({ kind: 'volume', tiers: one }),
        definePriceModel({ kind: 'package', size: numeral(1n, QUANTITY_SCALE), price: numeral(unitPrice, PRICE_SCALE + QUANTITY_SCALE), partialBlock: 'free' }),
      ]
      const expected = amountOf(definePriceModel({ kind: 'per-unit', unitPrice: numeral(unitPrice, PRICE_SCALE) }), digits).toFixed()
      expect(amounts.map(model => amountOf(model, digits).toFixed())).toEqual([expected, expected, expected])
    }),
  )
})
