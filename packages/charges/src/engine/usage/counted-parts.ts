import { Decimal } from '@tollgate/kernel'
import { tokenParts, type UsagePart } from '../../model/price-models/usage-part.ts'
import type { CountedUsage } from '../../model/rules/charge-rule.ts'
import type { UsageTotals } from '../../model/usage/usage-totals.ts'

/**
 * Returns the units that a price list counts, with the dimensions that a matrix can look at. Token counts also have the
 * dimension `pool`.
 */
export function countedParts(
  { calls, tokens, quantity }: Pick<UsageTotals, 'calls' | 'tokens' | 'quantity'>,
  counts: CountedUsage,
  values: Readonly<Record<string, string | null>>,
): readonly UsagePart[] {
  const dimensions = Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== null))
  switch (counts) {
    case 'tokens':
      return tokenParts(tokens, dimensions)
    case 'quantity':
      return quantity.isZero() ? [] : [{ quantity, dimensions }]
    case 'requests':
      return calls === 0 ? [] : [{ quantity: new Decimal(calls), dimensions }]
  }
}
