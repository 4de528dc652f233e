import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../../drafts/read-draft.ts'
import { AMOUNT, type Numeral } from '../../numbers/numeral.ts'

/** A fixed amount off, in the currency of the charge. At most the whole charge. */
export interface FixedOff {
  readonly kind: 'fixed'
  readonly amount: Decimal
}

/** Input of a fixed discount. */
export interface FixedOffDraft {
  readonly kind: 'fixed'
  readonly amount: Numeral
}

/** Reads a fixed discount. */
export function readFixedOff(fields: Fields): FixedOff {
  return { kind: 'fixed', amount: fields.numeral('amount', AMOUNT) }
}
