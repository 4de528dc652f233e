import { CHARGE_CURRENCY } from '../../model/numbers/charge-currency.ts'
import type { UsageTotals } from '../../model/usage/usage-totals.ts'

/** Returns a note if the tenant's currency differs from that of its charges. */
export function currencyNotes(currency: string): readonly string[] {
  return currency === CHARGE_CURRENCY ? [] : [`all amounts are in ${CHARGE_CURRENCY}, the currency of prices; they are not converted to ${currency}`]
}

/** Returns a note if some of the calls have no price. */
export function unpricedNotes({ calls, unpricedCalls }: Pick<UsageTotals, 'calls' | 'unpricedCalls'>): readonly string[] {
  if (unpricedCalls === 0) return []
  return [`${unpricedCalls.toLocaleString('en')} of ${calls.toLocaleString('en')} calls have no price; their cost is unknown and not included`]
}
