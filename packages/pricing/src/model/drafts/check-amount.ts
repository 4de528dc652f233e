import type { Decimal, Issue } from '@tollgate/kernel'

/** With these bounds the cost of 2^53 tokens has at most 43 digits, so that no sum of `Decimal` is rounded. */
const MAX_USD = 1_000_000_000
const MAX_DECIMAL_PLACES = 18

/** Returns what is wrong with an amount of a price; empty if it is valid or omitted. */
export function checkAmount(path: string, amount: Decimal | null | undefined): readonly Issue[] {
  if (amount === undefined || amount === null) return []
  if (!amount.isFinite()) return [{ path, message: 'must be a number' }]
  if (amount.isNegative() && !amount.isZero()) return [{ path, message: `must not be negative, but is ${amount.toFixed()}` }]
  if (amount.gt(MAX_USD)) return [{ path, message: `must be at most ${MAX_USD} USD` }]
  if (amount.decimalPlaces() > MAX_DECIMAL_PLACES) return [{ path, message: `must have at most ${MAX_DECIMAL_PLACES} decimal places` }]
  return []
}
