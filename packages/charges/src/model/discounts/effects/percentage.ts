import type { Decimal } from '@tollgate/kernel'
import { percentOf } from '../../numbers/charge-amount.ts'
import type { Fields } from '../../drafts/read-draft.ts'
import { type Numeral, PERCENT } from '../../numbers/numeral.ts'

/** A percentage of what earlier discounts left, or of the subtotal. Two discounts of 10 % take off 19 % or 20 %. */
export interface PercentageOff {
  readonly kind: 'percentage'
  readonly percent: Decimal
  readonly basis: DiscountBasis
}

/** The amount that a percentage applies to. */
export type DiscountBasis = 'remaining' | 'subtotal'

/** Input of a percentage discount. 10 is 10 %. The basis defaults to the remaining amount. */
export interface PercentageOffDraft {
  readonly kind: 'percentage'
  readonly percent: Numeral
  readonly basis?: DiscountBasis | null | undefined
}

/** Reads a percentage discount. */
export function readPercentageOff(fields: Fields): PercentageOff {
  return { kind: 'percentage', percent: fields.numeral('percent', PERCENT), basis: fields.choice('basis', ['remaining', 'subtotal'], 'remaining') }
}

/** Returns the amount that a percentage takes off. */
export function takePercentageOff({ percent }: PercentageOff, basis: Decimal): Decimal {
  return percentOf(basis, percent)
}
