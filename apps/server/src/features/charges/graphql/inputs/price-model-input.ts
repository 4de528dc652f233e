import type { PriceModelDraft } from '@tollgate/charges'
import { builder } from '../../../../graphql/builder.ts'
import type { InputFields } from './input-fields.ts'
import { kindOf } from './one-of.ts'

/** The fields that bound any price. */
function boundFields(t: InputFields) {
  return {
    minimum: t.field({ type: 'Decimal', description: 'The least that it comes to, in USD.' }),
    maximum: t.field({ type: 'Decimal', description: 'The most that it comes to, in USD.' }),
  }
}

/** The fields of a price by quantity, beside its own. */
function quantityFields(t: InputFields) {
  return {
    includedUnits: t.field({ type: 'Decimal', description: 'Units that are free, the first ones of a period; none where it is left out.' }),
    ...boundFields(t),
  }
}

const FlatFeeInputRef = builder.inputType('FlatFeeInput', {
  description: 'One fee for a period, whatever was counted.',
  fields: t => ({ fee: t.field({ type: 'Decimal', required: true, description: 'USD.' }), ...boundFields(t) }),
})

const PerUnitInputRef = builder.inputType('PerUnitInput', {
  description: 'Every unit at one price.',
  fields: t => ({
    unitPrice: t.field({ type: 'Decimal', required: true, description: 'USD, for `per` units.' }),
    per: t.int({ description: 'How many units the price is for: 1, 1000 or 1000000; 1 where it is left out.' }),
    ...quantityFields(t),
  }),
})

const PartialBlockRef = builder.enumType('PartialBlock', {
  description: 'What the block costs that is begun and not full.',
  values: {
    CHARGED: { value: 'charged', description: 'As much as a full one.' },
    FREE: { value: 'free', description: 'Nothing.' },
  } as const,
})

const PackagePriceInputRef = builder.inputType('PackagePriceInput', {
  description: 'Units in blocks.',
  fields: t => ({
    size: t.field({ type: 'Decimal', required: true, description: 'Units in a block.' }),
    price: t.field({ type: 'Decimal', required: true, description: 'USD for a block.' }),
    partialBlock: t.field({ type: PartialBlockRef, required: true, description: 'What the block costs that is begun and not full.' }),
    ...quantityFields(t),
  }),
})

const PriceTierInputRef = builder.inputType('PriceTierInput', {
  description: 'A tier: the units above `from`, and up to where the next one begins.',
  fields: t => ({
    from: t.field({ type: 'Decimal', required: true, description: 'Above how many units it begins; 0 for the first tier.' }),
    unitPrice: t.field({ type: 'Decimal', required: true, description: 'USD for each unit.' }),
    flatFee: t.field({ type: 'Decimal', description: 'USD, once where the tier applies.' }),
  }),
})

const GraduatedPriceInputRef = builder.inputType('GraduatedPriceInput', {
  description: 'Each unit at the price of the tier that it lies in.',
  fields: t => ({ tiers: t.field({ type: [PriceTierInputRef], required: true, description: 'From 0 upwards.' }), ...quantityFields(t) }),
})

const VolumePriceInputRef = builder.inputType('VolumePriceInput', {
  description: 'All units at the price of the tier that the last one lies in.',
  fields: t => ({ tiers: t.field({ type: [PriceTierInputRef], required: true, description: 'From 0 upwards.' }), ...quantityFields(t) }),
})

const PercentagePriceInputRef = builder.inputType('PercentagePriceInput', {
  description: 'A share of what providers charge. The use of a period is one transaction.',
  fields: t => ({
    percent: t.field({ type: 'Decimal', required: true, description: '"120" is a fifth more than the cost. From 0 to 1,000.' }),
    fixed: t.field({ type: 'Decimal', description: 'USD on top, for a transaction.' }),
    minimumPerTransaction: t.field({ type: 'Decimal', description: 'The least that a transaction comes to.' }),
    maximumPerTransaction: t.field({ type: 'Decimal', description: 'The most that a transaction comes to.' }),
    ...boundFields(t),
  }),
})

/** A price list of our own. */
export const PriceModelInputRef = builder.inputRef<PriceModelInput>('PriceModelInput')

const CellValueInputRef = builder.inputType('CellValueInput', {
  description: 'A value of a dimension.',
  fields: t => ({
    dimension: t.string({ required: true, description: 'One of the dimensions of the matrix.' }),
    value: t.string({ required: true, description: 'The value; "*" for any.' }),
  }),
})

const MatrixCellInputRef = builder.inputRef<MatrixCellInput>('MatrixCellInput').implement({
  description: 'What holds for some values. Of the cells that match, the most specific holds.',
  fields: t => ({
    of: t.field({ type: [CellValueInputRef], required: true, description: 'The values that it is for; any, of dimensions that are left out.' }),
    price: t.field({ type: PriceModelInputRef, required: true, description: 'The price for what meets in it.' }),
  }),
})

const MatrixPriceInputRef = builder.inputRef<MatrixPriceInput>('MatrixPriceInput').implement({
  description: 'Prices by dimensions.',
  fields: t => ({
    dimensions: t.stringList({ required: true, description: '"provider", "model", "pool" where tokens are counted, "operation" where quantities are.' }),
    cells: t.field({ type: [MatrixCellInputRef], required: true, description: 'The prices. Use that none is for is unpriced.' }),
    ...boundFields(t),
  }),
})

PriceModelInputRef.implement({
  description: 'A price list of our own. Exactly one field.',
  isOneOf: true,
  fields: t => ({
    flatFee: t.field({ type: FlatFeeInputRef, description: 'One fee.' }),
    perUnit: t.field({ type: PerUnitInputRef, description: 'Every unit at one price.' }),
    package: t.field({ type: PackagePriceInputRef, description: 'Units in blocks.' }),
    graduated: t.field({ type: GraduatedPriceInputRef, description: 'Each unit by the tier that it lies in.' }),
    volume: t.field({ type: VolumePriceInputRef, description: 'All units by the tier that the last one lies in.' }),
    percentage: t.field({ type: PercentagePriceInputRef, description: 'A share of what providers charge.' }),
    matrix: t.field({ type: MatrixPriceInputRef, description: 'By provider, model, and what is counted.' }),
  }),
})

/** What price lists may count. */
export const CountedUsageRef = builder.enumType('CountedUsage', {
  description: 'What the units of a price list are.',
  values: {
    TOKENS: { value: 'tokens', description: 'Tokens; a matrix tells their pools apart by "pool".' },
    QUANTITY: { value: 'quantity', description: 'Units of compute operations; a matrix tells them apart by "operation".' },
    REQUESTS: { value: 'requests', description: 'Events, however they ended.' },
  } as const,
})

/** A price list, as GraphQL hands it over. */
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

/** A price list as rules keep it. What is wrong with it is said where the rule is defined. */
export function toPriceModel(input: PriceModelInput): PriceModelDraft {
  const { matrix } = input
  if (!matrix) return kindOf(input) as unknown as PriceModelDraft
  const cells = matrix.cells.map(({ of, price }) => ({
    of: Object.fromEntries(of.map(({ dimension, value }) => [dimension, value])),
    price: toPriceModel(price),
  }))
  return { ...matrix, kind: 'matrix', cells }
}
