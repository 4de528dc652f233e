import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { allocate, UnroundedAmount, UnusableWeights } from './allocate.ts'
import { Decimal, ZERO } from './decimal.ts'

const decimals = (...numerals: string[]) => numerals.map(numeral => new Decimal(numeral))
const shown = (shares: readonly Decimal[]) => shares.map(share => share.toFixed())

describe.each([
  { total: '100.00', weights: ['1', '1', '1'], scale: 2, shares: ['33.34', '33.33', '33.33'] }, // a tie goes to the earlier
  { total: '0.05', weights: ['0.3', '0.7'], scale: 2, shares: ['0.02', '0.03'] }, // 0.015 and 0.035: a tie again
  { total: '-100.00', weights: ['1', '1', '1'], scale: 2, shares: ['-33.34', '-33.33', '-33.33'] }, // a credit mirrors the debit
  { total: '10', weights: ['1', '2', '7'], scale: 0, shares: ['1', '2', '7'] },
  { total: '0.01', weights: ['0', '5', '0'], scale: 2, shares: ['0', '0.01', '0'] }, // no weight, no share
  { total: '0', weights: ['1', '2'], scale: 2, shares: ['0', '0'] },
  { total: '1', weights: ['1', '1000000'], scale: 6, shares: ['0.000001', '0.999999'] },
  { total: '7', weights: ['0.000000000001', '0.000000000001'], scale: 0, shares: ['4', '3'] },
])('allocate $total over $weights', ({ total, weights, scale, shares }) => {
  it(`gives ${shares.join(', ')}`, () => {
    expect(shown(allocate(new Decimal(total), decimals(...weights), scale))).toEqual(shares)
  })
})

describe.each([
  { weights: [], reason: /no weights/ },
  { weights: ['0', '0'], reason: /all weights are zero/ },
  { weights: ['1', '-0.1'], reason: /negative/ },
  { weights: ['1', 'NaN'], reason: /not a finite/ },
  { weights: ['1', 'Infinity'], reason: /not a finite/ },
])('weights $weights', ({ weights, reason }) => {
  it('are rejected', () => {
    const allocated = () => allocate(new Decimal(1), decimals(...weights), 2)
    expect(allocated).toThrow(UnusableWeights)
    expect(allocated).toThrow(reason)
  })
})

it.each(['0.001', 'NaN', 'Infinity'])('rejects %s as an amount in cents', total => {
  expect(() => allocate(new Decimal(total), decimals('1'), 2)).toThrow(UnroundedAmount)
})

const allocation = fc
  .record({
    units: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }),
    scale: fc.integer({ min: 0, max: 12 }),
    weights: fc.array(fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 44n }), fc.integer({ min: 0, max: 24 })), { minLength: 1, maxLength: 40 }),
  })
  .map(({ units, scale, weights }) => ({
    total: new Decimal(`${units}e-${scale}`),
    scale,
    weights: weights.map(([digits, places]) => new Decimal(`${digits}e-${places}`)),
  }))
  .filter(({ weights }) => weights.some(weight => weight.gt(0)))

describe('for any total, weights and scale', () => {
  it('shares add up to the total, in whole units', () => {
    fc.assert(
      fc.property(allocation, ({ total, weights, scale }) => {
        const shares = allocate(total, weights, scale)
        expect(shares).toHaveLength(weights.length)
        expect(shares.reduce((sum, share) => sum.plus(share), ZERO).toFixed()).toBe(total.toFixed())
        for (const share of shares) expect(share.decimalPlaces()).toBeLessThanOrEqual(scale)
      }),
    )
  })

  it('each share is less than one unit from its exact value, and has the sign of the total', () => {
    fc.assert(
      fc.property(allocation, ({ total, weights, scale }) => {
        // |share - total × weight / sum| < unit, multiplied out, because the quotient may not be exact.
        const Exact = Decimal.clone({ precision: 300 })
        const sum = weights.reduce((all, weight) => all.plus(weight), new Exact(0))
        const unit = new Exact(10).pow(-scale)
        allocate(total, weights, scale).forEach((share, position) => {
          const exact = new Exact(total).times(weights[position] ?? ZERO)
          expect(new Exact(share).times(sum).minus(exact).abs().lt(unit.times(sum))).toBe(true)
          expect(share.isZero() || share.isNegative() === total.isNegative()).toBe(true)
        })
      }),
    )
  })

  it('a negative total is allocated like its absolute value', () => {
    fc.assert(
      fc.property(allocation, ({ total, weights, scale }) => {
        const mirrored = allocate(total.negated(), weights, scale).map(share => share.negated().toFixed())
        expect(shown(allocate(total, weights, scale))).toEqual(mirrored)
      }),
    )
  })
})
