import { Decimal, parseDecimal, ZERO } from '@tollgate/kernel'
import type { Amount } from './policy-draft.ts'

const MAX_INTEGER_DIGITS = 20

/** Reads an amount. Returns undefined unless it is a decimal of 0 or more, within the bounds of `parseDecimal`. */
export function readAmount(amount: Amount): Decimal | undefined {
  const value = typeof amount === 'string' ? parseDecimal(amount) : readDecimal(amount)
  return value === undefined || value.isNegative() ? undefined : value
}

/** Allows as many integer digits as text may have, so that sums stay exact. Converts a Decimal of another decimal.js to ours. */
function readDecimal(amount: Decimal): Decimal | undefined {
  if (!amount.isFinite() || amount.e >= MAX_INTEGER_DIGITS) return undefined
  return amount.isZero() ? ZERO : amount instanceof Decimal ? amount : new Decimal(amount)
}
