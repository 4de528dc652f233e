import { Decimal, minorUnits, round, Temporal, ZERO } from '@tollgate/kernel'
import type { CollectableInvoice, PaidChange } from '../../model/collections/collectable-invoice.ts'
import type { LateFeeTerms } from '../../model/collections/collection-policy.ts'

/** What a late fee is computed from. */
export interface LateFeeBasis {
  readonly invoice: Pick<CollectableInvoice, 'total' | 'currency'>
  /** What was paid of the invoice, and when. */
  readonly paid: readonly PaidChange[]
  /** Sum of the earlier late fees for the invoice. */
  readonly earlier: Decimal
  readonly at: Temporal.Instant
}

/**
 * Returns a late fee, rounded half to even to the minor unit: a fixed amount, or a percentage of what was overdue at its time. Zero if
 * nothing was, or the maximum is reached.
 */
export function lateFee(terms: LateFeeTerms, { invoice: { total, currency }, paid, earlier, at }: LateFeeBasis): Decimal {
  const paidThen = paid.reduce((sum, change) => (Temporal.Instant.compare(change.at, at) <= 0 ? sum.plus(change.amount) : sum), ZERO)
  const overdue = total.minus(paidThen)
  if (overdue.lte(0)) return ZERO
  const basis = terms.compound ? overdue.plus(earlier) : overdue
  const fee = terms.kind === 'fixed' ? terms.value : basis.times(terms.value).div(100)
  const left = maximumLateFee(terms, { total, currency })?.minus(earlier)
  const limited = left === undefined ? fee : Decimal.max(ZERO, Decimal.min(fee, left))
  return round(limited, { scale: minorUnits(currency), mode: 'half-even' })
}

/** Returns the maximum sum of late fees for an invoice, rounded down to the minor unit. Undefined for none. */
export function maximumLateFee(terms: LateFeeTerms, { total, currency }: LateFeeBasis['invoice']): Decimal | undefined {
  return terms.maximumPercent === null ? undefined : round(total.times(terms.maximumPercent).div(100), { scale: minorUnits(currency), mode: 'floor' })
}
