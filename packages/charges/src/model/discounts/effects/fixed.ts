import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import { AMOUNT, type Numeral } from '../../numbers/numeral.ts'

/** A sum in the charge's currency. Of a smaller charge it takes what there is. */
export interface FixedOff {
  readonly kind: 'fixed'
  readonly amount: Decimal
}

/** A fixed discount, to be defined. */
export interface FixedOffDraft {
  readonly kind: 'fixed'
  readonly amount: Numeral
}

/** Reads a fixed discount. */
export function readFixedOff(fields: Fields): FixedOff {
  return { kind: 'fixed', amount: fields.numeral('amount', AMOUNT) }
}
