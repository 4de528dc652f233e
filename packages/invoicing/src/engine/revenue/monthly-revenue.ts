import { Decimal, round, ZERO } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { SubscriptionPhase } from '../../model/subscriptions/subscription.ts'

/** Decimal places of monthly revenue, so that a twelfth of a yearly fee is exact in sums. */
const SCALE = 6

/** Returns the recurring revenue of a phase in a month: fee and seats, a twelfth of them if they are yearly. None for trials and pauses. */
export function monthlyRevenue({ recurringFee, seats: terms, feeInterval }: BillingPlan, { state, seats }: SubscriptionPhase): Decimal {
  if (state !== 'active') return ZERO
  const charged = terms === null ? ZERO : terms.unitPrice.times(new Decimal(Math.max(0, seats - terms.included)))
  const amount = recurringFee.plus(charged)
  return feeInterval === 'month' ? amount : round(amount.div(12), { scale: SCALE, mode: 'half-even' })
}
