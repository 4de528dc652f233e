import { Decimal, type Issue, parseDecimal, ZERO } from '@tollgate/kernel'

/** An amount of credits: an exact decimal, or its text. */
export type Amount = Decimal | string

const MAX_INTEGER_DIGITS = 20
const MAX_FRACTION_DIGITS = 18

/** Reads an amount of 0 or more. Returns undefined for anything else, and for more digits than an amount may have (20 and 18). */
export function readAmount(amount: Amount): Decimal | undefined {
  // Callers in JavaScript may pass anything.
  const value = typeof amount === 'string' ? parseDecimal(amount) : Decimal.isDecimal(amount) ? amount : undefined
  if (value === undefined || !value.isFinite() || value.isNegative() || value.e >= MAX_INTEGER_DIGITS || value.decimalPlaces() > MAX_FRACTION_DIGITS) {
    return undefined
  }
  return value.isZero() ? ZERO : value instanceof Decimal ? value : new Decimal(value)
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
