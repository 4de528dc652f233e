import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral } from '../numbers/numeral.ts'
import { chargeUnits, type PricedLine } from './priced-line.ts'

/** Every unit costs the same. */
export interface PerUnit {
  readonly kind: 'per-unit'
  /** For one unit. */
  readonly unitPrice: Decimal
}

/** Input of a price per unit. `unitPrice` is the price of `per` units, such as 0.02 per 1,000,000 tokens. `per` defaults to 1. */
export interface PerUnitDraft {
  readonly kind: 'per-unit'
  readonly unitPrice: Numeral
  readonly per?: 1 | 1_000 | 1_000_000 | null | undefined
}

const SCALES: ReadonlyMap<string, number> = /* @__PURE__ */ new Map([
  ['1', 0],
  ['1000', 3],
  ['1000000', 6],
])

/** Reads a price per unit. A price per thousand or million is converted to one unit, which only moves the decimal point. */
export function readPerUnit(fields: Fields): PerUnit {
  const per = fields.optionalNumeral('per', { from: 1, to: 1_000_000, scale: 0 })
  const shift = SCALES.get(per?.toFixed() ?? '1')
  if (shift === undefined) fields.addIssue('per', 'must be 1, 1000 or 1000000: other divisions are not exact')
  const unitPrice = fields.numeral('unitPrice', { ...AMOUNT, scale: AMOUNT.scale - (shift ?? 0) })
  return { kind: 'per-unit', unitPrice: per === undefined ? unitPrice : unitPrice.div(per) }
}

/** Multiplies the quantity by the price of a unit. */
export function pricePerUnit(quantity: Decimal, { unitPrice }: PerUnit): readonly PricedLine[] {
  return quantity.isZero() ? [] : [chargeUnits('per unit', quantity, unitPrice)]
}
