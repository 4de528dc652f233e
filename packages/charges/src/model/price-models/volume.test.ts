import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { sumLines } from './priced-line.ts'
import { priceVolume } from './volume.ts'

const tiers = [
  { from: new Decimal(0), unitPrice: new Decimal('0.01'), flatFee: undefined },
  { from: new Decimal(1_000), unitPrice: new Decimal('0.005'), flatFee: undefined },
  { from: new Decimal(5_000), unitPrice: new Decimal('0.001'), flatFee: new Decimal(2) },
]
const price = (units: string) => priceVolume(new Decimal(units), { kind: 'volume', tiers })

describe.each([
  { units: '0', expected: [] },
  { units: '1000', expected: [['tier 1 (above 0, up to 1000)', '1000', '10']] },
  { units: '1000.5', expected: [['tier 2 (above 1000, up to 5000)', '1000.5', '5.0025']] },
  { units: '5000', expected: [['tier 2 (above 1000, up to 5000)', '5000', '25']] },
  {
    units: '5001',
    expected: [
      ['tier 3 (above 5000)', '5001', '5.001'],
      ['tier 3 (above 5000): flat fee', '1', '2'],
    ],
  },
])('volume: $units units', ({ units, expected }) => {
  it(`have ${expected.length} lines`, () => {
    expect(price(units).map(line => [line.label, line.units.toFixed(), line.amount.toFixed()])).toEqual(expected)
  })
})

it('volume: one more unit can lower the price at the start of a cheaper tier', () => {
  expect(sumLines(price('1001')).lt(sumLines(price('1000')))).toBe(true)
})
