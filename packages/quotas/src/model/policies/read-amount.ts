import type { Decimal } from '@tollgate/kernel'
import { readAmount as readAnyAmount } from '@tollgate/kernel/input'
import type { Amount } from './policy-draft.ts'

/** Reads an amount. Returns undefined unless it is a decimal of 0 or more, within the bounds of `parseDecimal`. */
export function readAmount(amount: Amount): Decimal | undefined {
  const value = readAnyAmount(amount)
  return value === undefined || value.isNegative() ? undefined : value
}
