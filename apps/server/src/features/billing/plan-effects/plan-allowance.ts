import type { AllowanceInput } from '@tollgate/credits'
import type { BillingPlan, Subscription } from '@tollgate/invoicing'
import { ZERO } from '@tollgate/kernel'

/** Returns the credits that a plan gives to a subscriber each billing period, from now on. A plan that it had before gives none twice in a period. */
export function allowanceOf({ tenantId, anchorDay, timeZone }: Subscription, { key, creditAllowance }: BillingPlan): AllowanceInput {
  const rolloverPercent = creditAllowance?.rolloverPercent ?? null
  return {
    tenantId,
    id: key,
    amount: creditAllowance?.amount ?? ZERO,
    anchorDay,
    timeZone,
    rollover: rolloverPercent === null ? { kind: 'none' } : { kind: 'up_to_percentage', max: rolloverPercent },
  }
}

/** Returns the allowance of a plan that a subscriber has left: what was given stays until the end of its period. */
export function endedAllowanceOf(subscription: Subscription, plan: BillingPlan): AllowanceInput {
  return { ...allowanceOf(subscription, plan), endsAt: subscription.advancedTo }
}
