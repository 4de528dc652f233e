import type { Decimal, Temporal } from '@tollgate/kernel'
import type { ExplainedCharge } from '../../model/explanation/explained-charge.ts'
import { CHARGE_CURRENCY } from '../../model/numbers/charge-currency.ts'

/** Returns the explanation of why there is no charge. */
export function noCharge(
  state: 'unpriced' | 'not_applicable',
  reason: string,
  { cost, at }: { readonly cost: Decimal | null; readonly at: Temporal.Instant },
): ExplainedCharge {
  return { state, currency: CHARGE_CURRENCY, cost, at, charge: null, reason, explanation: null, notes: [] }
}
