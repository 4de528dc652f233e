import type { Decimal } from '@tollgate/kernel'
import type { Fields } from '../drafts/read-draft.ts'
import { AMOUNT, type Numeral, RATE_PERCENT } from '../numbers/numeral.ts'
import { boundLines, type LineBounds, readLineBounds } from './bound-lines.ts'
import { chargeOnce, chargeUnits, type PricedLine } from './priced-line.ts'

/** A percentage of each transaction plus a fixed amount, such as 2.9 % and 0.30, at least 0.50. */
export interface Percentage {
  readonly kind: 'percentage'
  readonly percent: Decimal
  readonly fixed: Decimal | undefined
  readonly perTransaction: LineBounds
}

/** Input of a percentage price. 2.9 is 2.9 %. */
export interface PercentageDraft {
  readonly kind: 'percentage'
  readonly percent: Numeral
  readonly fixed?: Numeral | null | undefined
  readonly minimumPerTransaction?: Numeral | null | undefined
  readonly maximumPerTransaction?: Numeral | null | undefined
}

/** Reads a percentage price. */
export function readPercentage(fields: Fields): Percentage {
  return {
    kind: 'percentage',
    percent: fields.numeral('percent', RATE_PERCENT),
    fixed: fields.optionalNumeral('fixed', AMOUNT),
    perTransaction: readLineBounds(fields, 'minimumPerTransaction', 'maximumPerTransaction'),
  }
}

/** Prices one transaction. The fixed amount is due for each transaction, including one of amount 0. */
export function pricePercentage(amount: Decimal, { percent, fixed, perTransaction }: Percentage): readonly PricedLine[] {
  const share = chargeUnits(`${percent.toFixed()} % of the amount`, amount, percent.div(100))
  return boundLines(fixed === undefined ? [share] : [share, chargeOnce('fixed amount', fixed)], perTransaction)
}
