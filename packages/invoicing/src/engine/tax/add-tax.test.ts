import { Decimal, minorUnits, round, ZERO } from '@tollgate/kernel'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AppliedTax, TaxBehavior, TaxRounding } from '../../model/tax/tax.ts'
import { addTax, componentAmounts } from './add-tax.ts'

const tax = (rate: string, change: Partial<AppliedTax> = {}): AppliedTax => ({
  name: 'VAT',
  category: 'S',
  rate: new Decimal(rate),
  components: [],
  jurisdiction: 'DE',
  exemptionReason: null,
  ...change,
})
const lines = (...amounts: readonly (readonly [amount: string, rate: string])[]) =>
  amounts.map(([amount, rate]) => ({ netAmount: new Decimal(amount), tax: tax(rate) }))
const sum = (amounts: readonly Decimal[]) => amounts.reduce((all, amount) => all.plus(amount), ZERO)

describe.each([
  { is: lines(['100', '19']), behavior: 'exclusive', rounding: 'per_invoice', amounts: ['19'], totals: ['100 19'] },
  { is: lines(['119', '19']), behavior: 'inclusive', rounding: 'per_invoice', amounts: ['19'], totals: ['100 19'] },
  // 3 × 0.0190 is 0.06 at once and 0.06 by line; 3 × 0.0247 is 0.07 at once and 0.06 by line.
  {
    is: lines(['0.13', '19'], ['0.13', '19'], ['0.13', '19']),
    behavior: 'exclusive',
    rounding: 'per_invoice',
    amounts: ['0.03', '0.02', '0.02'],
    totals: ['0.39 0.07'],
  },
  {
    is: lines(['0.13', '19'], ['0.13', '19'], ['0.13', '19']),
    behavior: 'exclusive',
    rounding: 'per_line',
    amounts: ['0.02', '0.02', '0.02'],
    totals: ['0.39 0.06'],
  },
  { is: lines(['100', '19'], ['-40', '19']), behavior: 'exclusive', rounding: 'per_invoice', amounts: ['19', '-7.6'], totals: ['60 11.4'] },
  {
    is: lines(['100', '19'], ['50', '7'], ['10', '19']),
    behavior: 'exclusive',
    rounding: 'per_invoice',
    amounts: ['19', '3.5', '1.9'],
    totals: ['110 20.9', '50 3.5'],
  },
  { is: [], behavior: 'exclusive', rounding: 'per_invoice', amounts: [], totals: [] },
] as const)('tax $behavior, rounded $rounding', ({ is, behavior, rounding, amounts, totals }) => {
  it(`is ${amounts.join(', ') || 'none'}`, () => {
    const added = addTax(is, { currency: 'EUR', behavior, rounding })
    expect(added.taxAmounts.map(amount => amount.toFixed())).toEqual(amounts)
    expect(added.taxes.map(({ taxable, amount }) => `${taxable.toFixed()} ${amount.toFixed()}`)).toEqual(totals)
  })
})

it('splits the tax of Quebec into its two taxes', () => {
  const components = [
    { name: 'GST', rate: new Decimal('5') },
    { name: 'QST', rate: new Decimal('9.975') },
  ]
  const [total] = addTax([{ netAmount: new Decimal('99.99'), tax: tax('14.975', { components }) }], {
    currency: 'CAD',
    behavior: 'exclusive',
    rounding: 'per_invoice',
  }).taxes
  expect(total && componentAmounts(total, 'CAD').map(amount => amount.toFixed())).toEqual(['5', '9.97'])
})

it('the tax of the lines adds up to the totals, and taxable amounts to what was taxed', () => {
  const line = fc.record({
    netAmount: fc.integer({ min: -1_000_000, max: 1_000_000 }).map(cents => new Decimal(cents)),
    tax: fc.constantFrom(tax('19'), tax('7'), tax('8.1'), tax('0', { category: 'AE', exemptionReason: 'Reverse charge' })),
  })
  const behaviors: readonly TaxBehavior[] = ['exclusive', 'inclusive']
  const roundings: readonly TaxRounding[] = ['per_line', 'per_invoice']
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 30 }),
      fc.constantFrom('EUR', 'JPY', 'KWD'),
      fc.constantFrom(...behaviors),
      fc.constantFrom(...roundings),
      (units, currency, behavior, rounding) => {
        const scale = minorUnits(currency)
        const taxed = units.map(unit => ({ ...unit, netAmount: unit.netAmount.times(`1e-${scale}`) }))
        const { taxAmounts, taxes, taxTotal } = addTax(taxed, { currency, behavior, rounding })
        expect(sum(taxAmounts).toFixed()).toBe(taxTotal.toFixed())
        expect(sum(taxes.map(({ amount }) => amount)).toFixed()).toBe(taxTotal.toFixed())
        const net = sum(taxed.map(({ netAmount }) => netAmount))
        expect(sum(taxes.map(({ taxable }) => taxable)).toFixed()).toBe((behavior === 'inclusive' ? net.minus(taxTotal) : net).toFixed())
        if (rounding === 'per_line' || behavior === 'inclusive') return
        // BR-CO-17 of EN 16931: the tax of a category is its taxable amount times its rate, rounded.
        for (const {
          tax: { rate },
          taxable,
          amount,
        } of taxes)
          expect(amount.toFixed()).toBe(round(taxable.times(rate).div(100), { scale, mode: 'half-up' }).toFixed())
      },
    ),
    { numRuns: 300 },
  )
})
