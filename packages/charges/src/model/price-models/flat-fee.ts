import { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral } from '../numbers/numeral.ts'
import { chargeUnits, type PricedLine } from './priced-line.ts'

/** One fee for any quantity, including 0. */
export interface FlatFee {
  readonly kind: 'flat-fee'
  readonly fee: Decimal
}

/** Input of a flat fee. */
export interface FlatFeeDraft {
  readonly kind: 'flat-fee'
  readonly fee: Numeral
}

/** Reads a flat fee. */
export function readFlatFee(fields: Fields): FlatFee {
  return { kind: 'flat-fee', fee: fields.numeral('fee', AMOUNT) }
}

/** Returns the fee, which accounts for the whole quantity. */
export function priceFlatFee(quantity: Decimal, { fee }: FlatFee): readonly PricedLine[] {
  return [chargeUnits('flat fee', new Decimal(1), fee, quantity)]
}
