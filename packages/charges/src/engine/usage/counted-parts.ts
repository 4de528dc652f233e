import { Decimal, round } from '@tollgate/kernel'
import { QUANTITY } from '../../model/numbers/numeral.ts'
import { tokenParts, type UsagePart } from '../../model/price-models/usage-part.ts'
import type { CountedUsage } from '../../model/rules/charge-rule.ts'
import type { UsageTotals } from '../../model/usage/usage-totals.ts'

/**
 * Returns the units that a price list counts, with the dimensions that a matrix can look at. Token counts also have the
 * dimension `pool`. Events can have quantities with more decimal places than a price can be multiplied with exactly; those
 * are rounded half to even.
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
      return partsOf(round(quantity, { scale: QUANTITY.scale, mode: 'half-even' }), dimensions)
    case 'requests':
      return partsOf(new Decimal(calls), dimensions)
  }
}

function partsOf(quantity: Decimal, dimensions: UsagePart['dimensions']): readonly UsagePart[] {
  return quantity.isZero() ? [] : [{ quantity, dimensions }]
}
