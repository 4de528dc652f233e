import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { PlanVersion } from '../../model/subscriptions/subscription.ts'

/** Returns the plan of a version. Subscriptions are loaded with all of their plans, so a missing one is a defect. */
export function findPlan(plans: readonly BillingPlan[], { name, version }: PlanVersion): BillingPlan {
  const found = plans.find(plan => plan.name === name && plan.version === version)
  if (found === undefined) throw new TypeError(`Version ${version} of the plan "${name}" is missing`)
  return found
}
