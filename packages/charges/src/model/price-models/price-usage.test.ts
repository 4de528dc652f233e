import { Decimal, InvalidInput } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { definePriceModel, type PriceModelDraft } from './price-model.ts'
import { priceUsage } from './price-usage.ts'
import { tokenParts, type UsagePart } from './usage-part.ts'

const part = (quantity: string, dimensions: Readonly<Record<string, string>> = {}): UsagePart => ({ quantity: new Decimal(quantity), dimensions })
const shown = (draft: PriceModelDraft, parts: readonly UsagePart[]) => {
  const priced = priceUsage(definePriceModel(draft), parts)
  return priced.state === 'priced' ? priced.lines.map(({ label, units, amount }) => `${label}: ${units.toFixed()} → ${amount.toFixed()}`) : priced.reason
}

describe.each<{ name: string; draft: PriceModelDraft; parts: readonly UsagePart[]; expected: readonly string[] }>([
  {
    name: 'included units are free, and tiers start after them',
    draft: {
      kind: 'graduated',
      includedUnits: 100,
      tiers: [
        { from: 0, unitPrice: 1 },
        { from: 10, unitPrice: 2 },
      ],
    },
    parts: [part('112')],
    expected: ['included units: 100 → 0', 'tier 1 (above 0, up to 10): 10 → 10', 'tier 2 (above 10): 2 → 4'],
  },
  {
    name: 'included units alone cost nothing',
    draft: { kind: 'per-unit', unitPrice: 1, includedUnits: 100 },
    parts: [part('99.5')],
    expected: ['included units: 99.5 → 0'],
  },
  {
    name: 'blocks start after the included units',
    draft: { kind: 'package', size: 10, price: 5, partialBlock: 'charged', includedUnits: 3 },
    parts: [part('13')],
    expected: ['included units: 3 → 0', 'blocks of 10: 1 → 5'],
  },
  {
    name: 'parts are added up',
    draft: { kind: 'package', size: 10, price: 5, partialBlock: 'charged' },
    parts: [part('4'), part('6')],
    expected: ['blocks of 10: 1 → 5'],
  },
  {
    name: 'a minimum raises the price',
    draft: { kind: 'per-unit', unitPrice: 1, minimum: 5 },
    parts: [part('2')],
    expected: ['per unit: 2 → 2', 'adjustment to the minimum of 5: 1 → 3'],
  },
  {
    name: 'a minimum is due without usage',
    draft: { kind: 'per-unit', unitPrice: 1, minimum: 5 },
    parts: [],
    expected: ['adjustment to the minimum of 5: 1 → 5'],
  },
  { name: 'a minimum that is reached adds nothing', draft: { kind: 'per-unit', unitPrice: 1, minimum: 5 }, parts: [part('5')], expected: ['per unit: 5 → 5'] },
  {
    name: 'a maximum lowers the price',
    draft: { kind: 'per-unit', unitPrice: 1, maximum: 5 },
    parts: [part('7')],
    expected: ['per unit: 7 → 7', 'adjustment to the maximum of 5: 1 → -2'],
  },
  {
    name: 'a matrix adds up the parts of a cell, in the order of its cells',
    draft: {
      kind: 'matrix',
      maximum: 20,
      dimensions: ['model', 'pool'],
      cells: [
        { of: { pool: 'output' }, price: { kind: 'per-unit', unitPrice: 3 } },
        { of: { pool: 'input' }, price: { kind: 'package', size: 10, price: 5, partialBlock: 'charged', includedUnits: 1 } },
        { of: { pool: 'reasoning' }, price: { kind: 'flat-fee', fee: 100 } },
      ],
    },
    parts: [
      part('6', { model: 'a', pool: 'input' }),
      part('2', { model: 'a', pool: 'output' }),
      part('5', { model: 'b', pool: 'input' }),
      part('3', { pool: 'output' }),
    ],
    expected: ['* / output: per unit: 5 → 15', '* / input: included units: 1 → 0', '* / input: blocks of 10: 1 → 5'],
  },
])('price of usage: $name', ({ draft, parts, expected }) => {
  it('has these lines', () => {
    expect(shown(draft, parts)).toEqual(expected)
  })
})

it('usage without a matrix cell is unpriced, not free', () => {
  const draft = {
    kind: 'matrix',
    dimensions: ['provider', 'pool'],
    cells: [{ of: { provider: 'openai' }, price: { kind: 'per-unit', unitPrice: 1 } }],
  } as const
  expect(shown(draft, [part('1', { provider: 'openai' }), part('1', { provider: 'mistral' })])).toBe('the price has no cell for provider "mistral", pool null')
})

it('prices tokens by pool', () => {
  const draft: PriceModelDraft = {
    kind: 'matrix',
    dimensions: ['provider', 'model', 'pool'],
    cells: [
      { of: { pool: 'input' }, price: { kind: 'per-unit', unitPrice: '3', per: 1_000_000 } },
      { of: { pool: 'output' }, price: { kind: 'per-unit', unitPrice: '15', per: 1_000_000 } },
    ],
  }
  const parts = tokenParts({ input: 150, output: 300, cacheRead: 0 }, { provider: 'anthropic', model: 'claude-sonnet-4-5' })
  expect(shown(draft, parts)).toEqual(['* / * / input: per unit: 150 → 0.00045', '* / * / output: per unit: 300 → 0.0045'])
})

it.each(['-1', '1000000000000000000000001', '0.0000000000001', 'NaN', 'Infinity'])('rejects a quantity of %s', quantity => {
  expect(() => priceUsage(definePriceModel({ kind: 'flat-fee', fee: 1 }), [part('1'), part(quantity)])).toThrow(InvalidInput)
  expect(() => priceUsage(definePriceModel({ kind: 'flat-fee', fee: 1 }), [part('1'), part(quantity)])).toThrow(/parts\.1\.quantity/)
})

it('rejects parts whose sum is too large', () => {
  expect(() => priceUsage(definePriceModel({ kind: 'per-unit', unitPrice: 1 }), [part('1000000000000000000000000'), part('1')])).toThrow(/^quantity: must be/)
})

it('prices sums of usage beyond 2^53 exactly', () => {
  const draft: PriceModelDraft = { kind: 'per-unit', unitPrice: '0.000003', per: 1_000_000 }
  expect(shown(draft, [part('9007199254740993'), part('100000000000000000000')])).toEqual(['per unit: 100009007199254740993 → 300027021.597764222979'])
})
