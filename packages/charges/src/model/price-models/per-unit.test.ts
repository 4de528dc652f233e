import { Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { definePriceModel } from './price-model.ts'
import { priceUsage } from './price-usage.ts'

describe.each([
  { units: '50000', unitPrice: '0.02', per: 1_000_000, amounts: ['0.001'] }, // the embedding example of OpenAI's price list
  { units: '2', unitPrice: '0.0135', per: 1, amounts: ['0.027'] },
  { units: '1.5', unitPrice: '3', per: 1_000, amounts: ['0.0045'] },
  { units: '0', unitPrice: '3', per: 1, amounts: [] },
  { units: '9007199254740991', unitPrice: '0.000000000000000001', per: 1_000_000, amounts: ['0.000000009007199254740991'] },
] as const)('per unit: $units at $unitPrice per $per', ({ units, unitPrice, per, amounts }) => {
  it(`cost ${amounts.join() || 'nothing'}`, () => {
    const priced = priceUsage(definePriceModel({ kind: 'per-unit', unitPrice, per }), [{ quantity: new Decimal(units), dimensions: {} }])
    expect(priced.state === 'priced' && priced.lines.map(({ amount }) => amount.toFixed())).toEqual(amounts)
  })
})
