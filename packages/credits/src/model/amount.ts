import { type Decimal, type Issue, ZERO } from '@tollgate/kernel'
import { type AmountInput, readAmount as readNumeral } from '@tollgate/kernel/input'

/** An amount of credits: an exact decimal, its text, or a safe integer. */
export type Amount = AmountInput

const MAX_INTEGER_DIGITS = 20
const MAX_FRACTION_DIGITS = 18

/** Reads an amount of 0 or more. Returns undefined for anything else, and for more digits than an amount may have (20 and 18). */
export function readAmount(amount: Amount): Decimal | undefined {
  const value = readNumeral(amount)
  if (value === undefined || value.isNegative() || value.e >= MAX_INTEGER_DIGITS || value.decimalPlaces() > MAX_FRACTION_DIGITS) return undefined
  return value.isZero() ? ZERO : value
}

/** Reads an amount above 0, or adds an issue for the field `path` and returns 0. */
export function readPositive(amount: Amount, path: string, issues: Issue[]): Decimal {
  const value = readAmount(amount)
  if (value !== undefined && value.gt(0)) return value
  issues.push({
    path,
    message: `must be a decimal above 0 with at most ${MAX_INTEGER_DIGITS} digits before the decimal point and ${MAX_FRACTION_DIGITS} after it`,
  })
  return ZERO
}
