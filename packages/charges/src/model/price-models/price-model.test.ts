import { InvalidInput, Decimal } from '@tollgate/kernel'
import { describe, expect, it } from 'vitest'
import { definePriceModel, type PriceModelDraft } from './price-model.ts'

const unit = { kind: 'per-unit', unitPrice: 1 } as const

/** Input from a client, which may not match the type. */
const define = (draft: unknown) => definePriceModel(draft as PriceModelDraft)

describe.each<{ name: string; draft: unknown; paths: readonly string[] }>([
  { name: 'a string instead of an object', draft: 'free', paths: [''] },
  { name: 'an unknown kind', draft: { kind: 'gratis' }, paths: ['kind', 'fee'] },
  { name: 'a missing price', draft: { kind: 'per-unit' }, paths: ['unitPrice'] },
  { name: 'a negative price', draft: { ...unit, unitPrice: '-1' }, paths: ['unitPrice'] },
  { name: 'a float', draft: { ...unit, unitPrice: 0.1 }, paths: ['unitPrice'] },
  { name: 'NaN', draft: { ...unit, unitPrice: new Decimal(Number.NaN) }, paths: ['unitPrice'] },
  { name: 'an exponent', draft: { ...unit, unitPrice: '1e3' }, paths: ['unitPrice'] },
  { name: 'too many decimal places', draft: { ...unit, unitPrice: '0.0000000000000000000000001' }, paths: ['unitPrice'] },
  { name: 'too many decimal places per million', draft: { ...unit, unitPrice: '0.0000000000000000001', per: 1_000_000 }, paths: ['unitPrice'] },
  { name: 'a unit count that does not divide exactly', draft: { ...unit, per: 3 }, paths: ['per'] },
  { name: 'a misspelled field', draft: { ...unit, includedUnit: 5 }, paths: ['includedUnit'] },
  { name: 'blocks of 0 units', draft: { kind: 'package', size: 0, price: 1, partialBlock: 'charged' }, paths: ['size'] },
  { name: 'blocks without a rule for incomplete ones', draft: { kind: 'package', size: 1, price: 1 }, paths: ['partialBlock'] },
  { name: 'no tiers', draft: { kind: 'graduated', tiers: [] }, paths: ['tiers'] },
  { name: 'tiers that do not start at 0', draft: { kind: 'graduated', tiers: [{ from: 1, unitPrice: 1 }] }, paths: ['tiers.0.from'] },
  {
    name: 'tiers that overlap',
    draft: { kind: 'volume', tiers: [0, 10, 10, 5].map(from => ({ from, unitPrice: 1 })) },
    paths: ['tiers.2.from', 'tiers.3.from'],
  },
  { name: 'a minimum above the maximum', draft: { ...unit, minimum: 2, maximum: 1 }, paths: ['maximum'] },
  { name: 'included units of a fee', draft: { kind: 'flat-fee', fee: 1, includedUnits: 1 }, paths: ['includedUnits'] },
  {
    name: 'included units of a matrix',
    draft: { kind: 'matrix', includedUnits: 1, dimensions: ['pool'], cells: [{ of: {}, price: unit }] },
    paths: ['includedUnits'],
  },
  {
    name: 'several errors, some nested',
    draft: {
      kind: 'matrix',
      minimum: -1,
      dimensions: ['pool'],
      cells: [
        { of: {}, price: unit },
        { of: { pool: 'input' }, price: { kind: 'volume', tiers: [{ from: 0 }] } },
      ],
    },
    paths: ['minimum', 'cells.1.price.tiers.0.unitPrice'],
  },
])('a price model with $name', ({ draft, paths }) => {
  it('is rejected with the names of the fields', () => {
    const error = catchError(() => define(draft))
    expect(error).toBeInstanceOf(InvalidInput)
    expect(error instanceof InvalidInput && error.issues.map(({ path }) => path)).toEqual(paths)
  })
})

it('rejects matrices that are nested too deep', () => {
  const nest = (depth: number): unknown => (depth === 0 ? unit : { kind: 'matrix', dimensions: ['pool'], cells: [{ of: {}, price: nest(depth - 1) }] })
  expect(() => define(nest(3))).not.toThrow()
  expect(() => define(nest(4))).toThrow(/matrices can be nested/)
})

it('returns a frozen price model', () => {
  const tiers = [{ from: 0, unitPrice: '1' }]
  const model = definePriceModel({ kind: 'graduated', tiers, minimum: '5' })
  expect(Object.isFrozen(model) && Object.isFrozen(model.bounds)).toBe(true)
  expect(model.kind === 'graduated' && Object.isFrozen(model.tiers) && Object.isFrozen(model.tiers[0])).toBe(true)
  expect(Object.isFrozen(tiers)).toBe(false)
})

it('accepts null for omitted fields, and numbers as strings, integers and decimals', () => {
  const spelt = (unitPrice: Decimal | string | number) => definePriceModel({ kind: 'per-unit', unitPrice, includedUnits: null, maximum: null })
  expect(spelt(new Decimal(2))).toEqual(spelt('2'))
  expect(spelt(2)).toEqual(spelt('2'))
})

function catchError(run: () => unknown): unknown {
  try {
    return run()
  } catch (error) {
    return error
  }
}
