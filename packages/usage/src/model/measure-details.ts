import type { Decimal } from '@tollgate/kernel'
import type { UsageUnit } from '@tollgate/tokens'
import { compareText } from './compare-text.ts'

/** Maximum number of different units in the sums of one group: those with the largest quantities. */
export const MAX_UNIT_TOTALS = 1_000

/** The quantity of one kind of units, summed over events. */
export interface UnitTotal {
  readonly kind: UsageUnit['kind']
  /** What the price depends on. Omitted if the units have no variant. */
  readonly variant?: string
  readonly quantity: Decimal
}

/** Number of calls that are unpriced for one reason. */
export interface UnpricedReasonCount {
  readonly reason: string
  readonly calls: number
}

/** Orders units by kind, then variant; a kind without a variant comes first. */
export function compareUnits(a: Pick<UsageUnit, 'kind' | 'variant'>, b: Pick<UsageUnit, 'kind' | 'variant'>): number {
  return compareText(a.kind, b.kind) || compareText(a.variant ?? '', b.variant ?? '')
}

/** Orders reasons by their number of calls, most first, then by name. */
export function mostCallsFirst(a: UnpricedReasonCount, b: UnpricedReasonCount): number {
  return b.calls - a.calls || compareText(a.reason, b.reason)
}
