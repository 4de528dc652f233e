import { Decimal, parseDecimal, ZERO } from './decimal.ts'

/** An amount as a caller gives it: a plain decimal numeral, a Decimal, or a safe integer. Never another `number`: 0.1 is not exact. */
export type AmountInput = Decimal | string | number

/** As many integer digits as text may have, so that sums stay exact. */
const MAX_INTEGER_DIGITS = 20

/** Reads an amount, also a Decimal of another decimal.js. Returns undefined for anything else, so that the caller can name the field. */
export function readAmount(amount: unknown): Decimal | undefined {
  if (typeof amount === 'string') return parseDecimal(amount)
  if (typeof amount === 'number') return Number.isSafeInteger(amount) ? new Decimal(amount) : undefined
  if (!Decimal.isDecimal(amount) || !amount.isFinite() || amount.e >= MAX_INTEGER_DIGITS) return undefined
  return amount.isZero() ? ZERO : amount instanceof Decimal ? amount : new Decimal(amount)
}
