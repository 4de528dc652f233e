import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { pricePackage } from './package-price.ts'

describe.each([
  { units: '0', size: '1000', partialBlock: 'charged', blocks: undefined },
  { units: '0.001', size: '1000', partialBlock: 'charged', blocks: '1' },
  { units: '1000', size: '1000', partialBlock: 'charged', blocks: '1' },
  { units: '1000.000000000001', size: '1000', partialBlock: 'charged', blocks: '2' },
  { units: '2500', size: '1000', partialBlock: 'charged', blocks: '3' },
  { units: '1', size: '0.3', partialBlock: 'charged', blocks: '4' },
  { units: '0.9', size: '0.3', partialBlock: 'charged', blocks: '3' }, // floats would find a remainder
  { units: '9007199254740991', size: '0.000000000001', partialBlock: 'charged', blocks: '9007199254740991000000000000' },
  { units: '9007199254740990.999999999999', size: '9007199254740991', partialBlock: 'charged', blocks: '1' },
  { units: '9007199254740990.999999999999', size: '9007199254740991', partialBlock: 'free', blocks: '0' },
  { units: '2999.999', size: '1000', partialBlock: 'free', blocks: '2' },
  { units: '3000', size: '1000', partialBlock: 'free', blocks: '3' },
] as const)('package: $units units in blocks of $size, the begun one $partialBlock', ({ units, size, partialBlock, blocks }) => {
  it(`cost ${blocks ?? 'no'} blocks`, () => {
    const lines = pricePackage(new Decimal(units), { kind: 'package', size: new Decimal(size), price: new Decimal(5), partialBlock })
    expect(lines.map(line => line.units.toFixed())).toEqual(blocks === undefined ? [] : [blocks])
    expect(lines.map(line => line.amount.toFixed())).toEqual(blocks === undefined ? [] : [new Decimal(blocks).times(5).toFixed()])
    expect(lines.map(line => line.quantity.toFixed())).toEqual(blocks === undefined ? [] : [units])
  })
})
