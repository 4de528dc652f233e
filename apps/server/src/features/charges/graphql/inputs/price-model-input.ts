import type { PriceModelDraft } from '@tollgate/charges'
import { InvalidInput } from '@tollgate/kernel'
import { builder } from '../../../../graphql/builder.ts'
import type { InputFields } from './input-fields.ts'
import { kindOf } from './one-of.ts'

/** Returns the bounds of any price. */
function boundFields(t: InputFields) {
  return {
    minimum: t.field({ type: 'Decimal', description: 'Minimum price, in USD. Defaults to none.' }),
    maximum: t.field({ type: 'Decimal', description: 'Maximum price, in USD. Defaults to none.' }),
  }
}

/** Returns the fields of any price by quantity. */
function quantityFields(t: InputFields) {
  return {
    includedUnits: t.field({ type: 'Decimal', description: 'Number of free units per period. Defaults to 0.' }),
    ...boundFields(t),
  }
}

const FlatFeeInputRef = builder.inputType('FlatFeeInput', {
  description: 'One fee per period for any quantity.',
  fields: t => ({ fee: t.field({ type: 'Decimal', required: true, description: 'Fee in USD.' }), ...boundFields(t) }),
})

const PerUnitInputRef = builder.inputType('PerUnitInput', {
  description: 'Every unit costs the same.',
  fields: t => ({
    unitPrice: t.field({ type: 'Decimal', required: true, description: 'Price of `per` units, in USD.' }),
    per: t.int({ description: 'Number of units that the price is for: 1, 1000 or 1000000. Defaults to 1.' }),
    ...quantityFields(t),
  }),
})

const PartialBlockRef = builder.enumType('PartialBlock', {
  description: 'How an incomplete block is charged.',
  values: {
    CHARGED: { value: 'charged', description: 'Like a full block.' },
    FREE: { value: 'free', description: 'Free.' },
  } as const,
})

const PackagePriceInputRef = builder.inputType('PackagePriceInput', {
  description: 'A price per block of units.',
  fields: t => ({
    size: t.field({ type: 'Decimal', required: true, description: 'Units per block.' }),
    price: t.field({ type: 'Decimal', required: true, description: 'Price per block, in USD.' }),
    partialBlock: t.field({ type: PartialBlockRef, required: true, description: 'How an incomplete block is charged.' }),
    ...quantityFields(t),
  }),
})

const PriceTierInputRef = builder.inputType('PriceTierInput', {
  description: 'A tier. It contains the units above `from`, up to the start of the next tier.',
  fields: t => ({
    from: t.field({ type: 'Decimal', required: true, description: 'Number of units above which the tier starts. 0 for the first tier.' }),
    unitPrice: t.field({ type: 'Decimal', required: true, description: 'Price of one unit, in USD.' }),
    flatFee: t.field({ type: 'Decimal', description: 'Fee in USD, charged once if the tier applies. Defaults to none.' }),
  }),
})

const GraduatedPriceInputRef = builder.inputType('GraduatedPriceInput', {
  description: 'Each unit costs the price of the tier that it falls in.',
  fields: t => ({ tiers: t.field({ type: [PriceTierInputRef], required: true, description: 'Tiers in ascending order.' }), ...quantityFields(t) }),
})

const VolumePriceInputRef = builder.inputType('VolumePriceInput', {
  description: 'All units cost the price of the tier that the last one falls in.',
  fields: t => ({ tiers: t.field({ type: [PriceTierInputRef], required: true, description: 'Tiers in ascending order.' }), ...quantityFields(t) }),
})

const PercentagePriceInputRef = builder.inputType('PercentagePriceInput', {
  description: 'A percentage of what providers charge. The usage of a period is one transaction.',
  fields: t => ({
    percent: t.field({ type: 'Decimal', required: true, description: 'Percentage, 0 to 1,000. "120" is the cost plus a fifth.' }),
    fixed: t.field({ type: 'Decimal', description: 'Fixed amount per transaction, in USD. Defaults to 0.' }),
    minimumPerTransaction: t.field({ type: 'Decimal', description: 'Minimum per transaction, in USD. Defaults to none.' }),
    maximumPerTransaction: t.field({ type: 'Decimal', description: 'Maximum per transaction, in USD. Defaults to none.' }),
    ...boundFields(t),
  }),
})

/** A price model as GraphQL input. */
export const PriceModelInputRef = builder.inputRef<PriceModelInput>('PriceModelInput')

const CellValueInputRef = builder.inputType('CellValueInput', {
  description: 'A value of a dimension.',
  fields: t => ({
    dimension: t.string({ required: true, description: 'Dimension of the matrix.' }),
    value: t.string({ required: true, description: 'Value to match. "*" matches any.' }),
  }),
})

const MatrixCellInputRef = builder.inputRef<MatrixCellInput>('MatrixCellInput').implement({
  description: 'A price for some values. The most specific matching cell applies.',
  fields: t => ({
    of: t.field({ type: [CellValueInputRef], required: true, description: 'Values to match. Omitted dimensions match any value.' }),
    price: t.field({ type: PriceModelInputRef, required: true, description: 'Price of the usage in this cell.' }),
  }),
})

const MatrixPriceInputRef = builder.inputRef<MatrixPriceInput>('MatrixPriceInput').implement({
  description: 'Prices by dimensions.',
  fields: t => ({
    dimensions: t.stringList({ required: true, description: 'Dimensions: "provider", "model", "pool" for tokens, "operation" for quantities.' }),
    cells: t.field({ type: [MatrixCellInputRef], required: true, description: 'Cells. Usage that matches none is unpriced.' }),
    ...boundFields(t),
  }),
})

PriceModelInputRef.implement({
  description: 'A price model. Set exactly one field.',
  isOneOf: true,
  fields: t => ({
    flatFee: t.field({ type: FlatFeeInputRef, description: 'One fee for any quantity.' }),
    perUnit: t.field({ type: PerUnitInputRef, description: 'Every unit costs the same.' }),
    package: t.field({ type: PackagePriceInputRef, description: 'A price per block of units.' }),
    graduated: t.field({ type: GraduatedPriceInputRef, description: 'Each unit costs the price of its tier.' }),
    volume: t.field({ type: VolumePriceInputRef, description: 'All units cost the price of the last tier reached.' }),
    percentage: t.field({ type: PercentagePriceInputRef, description: 'A percentage of what providers charge.' }),
    matrix: t.field({ type: MatrixPriceInputRef, description: 'Different prices by provider, model and other dimensions.' }),
  }),
})

/** What a price list counts. */
export const CountedUsageRef = builder.enumType('CountedUsage', {
  description: 'What a price list counts.',
  values: {
    TOKENS: { value: 'tokens', description: 'Tokens. A matrix can have the dimension "pool".' },
    QUANTITY: { value: 'quantity', description: 'Units of compute operations. A matrix can have the dimension "operation".' },
    REQUESTS: { value: 'requests', description: 'Events, with any status.' },
  } as const,
})

/** A price model as GraphQL input. */
export interface PriceModelInput {
  readonly flatFee?: typeof FlatFeeInputRef.$inferInput | null | undefined
  readonly perUnit?: typeof PerUnitInputRef.$inferInput | null | undefined
  readonly package?: typeof PackagePriceInputRef.$inferInput | null | undefined
  readonly graduated?: typeof GraduatedPriceInputRef.$inferInput | null | undefined
  readonly volume?: typeof VolumePriceInputRef.$inferInput | null | undefined
  readonly percentage?: typeof PercentagePriceInputRef.$inferInput | null | undefined
  readonly matrix?: MatrixPriceInput | null | undefined
}

interface MatrixCellInput {
  readonly of: (typeof CellValueInputRef.$inferInput)[]
  readonly price: PriceModelInput
}

interface MatrixPriceInput {
  readonly dimensions: string[]
  readonly cells: MatrixCellInput[]
  readonly minimum?: PriceModelDraft['minimum']
  readonly maximum?: PriceModelDraft['maximum']
}

/**
 * Converts the input. The package checks it, except that it cannot see whether a cell names a dimension twice. `path` is the path of
 * the input.
 */
export function toPriceModel(input: PriceModelInput, path: string): PriceModelDraft {
  const { matrix } = input
  if (!matrix) return kindOf(input) as unknown as PriceModelDraft
  const cells = matrix.cells.map(({ of, price }, i) => {
    const cell = `${path}.matrix.cells.${i}`
    rejectRepeated(of, `${cell}.of`)
    return { of: Object.fromEntries(of.map(({ dimension, value }) => [dimension, value])), price: toPriceModel(price, `${cell}.price`) }
  })
  return { ...matrix, kind: 'matrix', cells }
}

function rejectRepeated(values: MatrixCellInput['of'], path: string): void {
  const names = values.map(({ dimension }) => dimension)
  const repeated = names.findIndex((name, i) => names.indexOf(name) < i)
  if (repeated !== -1) throw new InvalidInput([{ path: `${path}.${repeated}.dimension`, message: 'must not be named twice in a cell' }])
}
