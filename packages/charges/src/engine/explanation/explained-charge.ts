import type { Decimal, Temporal } from '@tollgate/kernel'
import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'
import { CHARGE_CURRENCY } from '../../model/numbers/charge-currency.ts'
import type { RatedCharge } from '../charge/rate-charge.ts'

/** Returns a rated charge with its explanation, cost and notes. */
export function explainedCharge(
  rated: RatedCharge,
  { cost, at, notes = [] }: { readonly cost: Decimal | null; readonly at: Temporal.Instant; readonly notes?: readonly string[] },
): ExplainedCharge {
  const common = { currency: CHARGE_CURRENCY, cost, at, notes } as const
  return rated.state === 'charged'
    ? { state: 'charged', ...common, charge: rated.charge, reason: null, explanation: rated.explanation }
    : { state: 'unpriced', ...common, charge: null, reason: rated.reason, explanation: null }
}
