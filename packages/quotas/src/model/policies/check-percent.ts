import { type Decimal, InvalidInput } from '@tollgate/kernel'
import type { Amount } from './policy-draft.ts'
import { readAmount } from './read-amount.ts'

const MAX_PERCENT = 1_000_000

/** Returns the percentage of `atLeastPercent`. Throws `InvalidInput` unless it is `min` to 1,000,000. */
export function checkPercent(amount: Amount, min = 0): Decimal {
  const percent = readAmount(amount)
  if (percent?.gte(min) === true && percent.lte(MAX_PERCENT)) return percent
  throw new InvalidInput([{ path: 'atLeastPercent', message: `must be a decimal from ${min} to ${MAX_PERCENT}, such as "80"` }])
}
