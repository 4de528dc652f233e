import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { priceGraduated } from './graduated.ts'

const tiers = [
  { from: new Decimal(0), unitPrice: new Decimal('0.01'), flatFee: undefined },
  { from: new Decimal(1_000), unitPrice: new Decimal('0.005'), flatFee: new Decimal(2) },
  { from: new Decimal(5_000), unitPrice: new Decimal(0), flatFee: undefined },
]

describe.each([
  { units: '0', expected: [] },
  { units: '0.5', expected: [['tier 1 (above 0, up to 1000)', '0.5', '0.005']] },
  { units: '1000', expected: [['tier 1 (above 0, up to 1000)', '1000', '10']] },
  {
    units: '1000.001', // the fraction above the bound adds its fee
    expected: [
      ['tier 1 (above 0, up to 1000)', '1000', '10'],
      ['tier 2 (above 1000, up to 5000)', '0.001', '0.000005'],
      ['tier 2 (above 1000, up to 5000): flat fee', '1', '2'],
    ],
  },
  {
    units: '5001',
    expected: [
      ['tier 1 (above 0, up to 1000)', '1000', '10'],
      ['tier 2 (above 1000, up to 5000)', '4000', '20'],
      ['tier 2 (above 1000, up to 5000): flat fee', '1', '2'],
      ['tier 3 (above 5000)', '1', '0'],
    ],
  },
])('a graduated price of $units units', ({ units, expected }) => {
  it(`has ${expected.length} lines`, () => {
    const lines = priceGraduated(new Decimal(units), { kind: 'graduated', tiers })
    expect(lines.map(line => [line.label, line.units.toFixed(), line.amount.toFixed()])).toEqual(expected)
  })
})
