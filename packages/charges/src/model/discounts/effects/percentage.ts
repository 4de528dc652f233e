import type { Decimal } from '@tollgate/kernel'
import { percentOf } from '../../numbers/charge-amount.ts'
import type { Fields } from '../../drafts/read-draft.ts'
import { type Numeral, PERCENT } from '../../numbers/numeral.ts'

/** A share of what the discounts before it left, or of the subtotal before any discount: two of 10 % make 19 or 20 %. */
export interface PercentageOff {
  readonly kind: 'percentage'
  readonly percent: Decimal
  readonly basis: DiscountBasis
}

/** What a percentage is taken of. */
export type DiscountBasis = 'remaining' | 'subtotal'

/** A percentage discount, to be defined; 10 is ten per cent. Of what remains, where no basis is named. */
export interface PercentageOffDraft {
  readonly kind: 'percentage'
  readonly percent: Numeral
  readonly basis?: DiscountBasis | null | undefined
}

/** Reads a percentage discount. */
export function readPercentageOff(fields: Fields): PercentageOff {
  return { kind: 'percentage', percent: fields.numeral('percent', PERCENT), basis: fields.choice('basis', ['remaining', 'subtotal'], 'remaining') }
}

/** What a percentage takes off an amount. */
export function takePercentageOff({ percent }: PercentageOff, basis: Decimal): Decimal {
  return percentOf(basis, percent)
}
