import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Decimal, ZERO } from './decimal.ts'
import { roundParts } from './round-parts.ts'
import { round } from './rounding.ts'

const sum = (amounts: readonly Decimal[]) => amounts.reduce((all, amount) => all.plus(amount), ZERO)

describe.each([
  { parts: [], rounded: [] },
  { parts: ['0.333', '0.333', '0.334'], rounded: ['0.33', '0.33', '0.34'] }, // no tie: the largest remainder
  { parts: ['0.004', '0.004', '0.004'], rounded: ['0.01', '0', '0'] }, // 0.012: a tie goes to the earlier
  { parts: ['0.006', '0.006', '0.006'], rounded: ['0', '0.01', '0.01'] }, // 0.018
  { parts: ['-0.004', '-0.004', '-0.004'], rounded: ['-0.01', '0', '0'] },
  { parts: ['10.006', '-0.002'], rounded: ['10', '0'] }, // 10.004: one part gives a cent back
  { parts: ['7'], rounded: ['7'] },
])('roundParts of $parts', ({ parts, rounded }) => {
  it(`gives ${rounded.join(', ') || 'nothing'}`, () => {
    const found = roundParts(
      parts.map(part => new Decimal(part)),
      { scale: 2, mode: 'half-up' },
    )
    expect(found.map(part => part.toFixed())).toEqual(rounded)
  })
})

it('rounded parts add up to the rounded sum, each less than one unit from its exact value', () => {
  const part = fc.bigInt({ min: -1_000_000_000n, max: 1_000_000_000n }).map(value => new Decimal(`${value}e-6`))
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), fc.integer({ min: 0, max: 4 }), fc.constantFrom('half-up', 'half-even', 'down'), (parts, scale, mode) => {
      const rounded = roundParts(parts, { scale, mode })
      expect(sum(rounded).toFixed()).toBe(round(sum(parts), { scale, mode }).toFixed())
      for (const [position, exact] of parts.entries()) expect(rounded[position]?.minus(exact).abs().lt(`1e-${scale}`)).toBe(true)
    }),
    { numRuns: 300 },
  )
})
