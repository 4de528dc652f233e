import type { BillingPlan } from '../../model/plans/billing-plan.ts'

/** Orders plans by rank, name and version. */
export function comparePlans(a: BillingPlan, b: BillingPlan): number {
  if (a.rank !== b.rank) return a.rank - b.rank
  if (a.name !== b.name) return a.name < b.name ? -1 : 1
  return a.version - b.version
}
