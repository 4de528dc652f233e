import { OPERATOR_SCOPE } from '@tollgate/kernel'
import { comparePlans } from '../engine/plans/compare-plans.ts'
import { standardBillingPlans } from '../engine/plans/standard-billing-plans.ts'
import type { BillingPlan } from '../model/plans/billing-plan.ts'
import { planKey } from '../model/plans/plan-key.ts'
import type { PlanStore } from '../plan-store.ts'

/** Keeps plans in memory. Starts with the standard plans. */
export function memoryPlanStore(): PlanStore {
  const plans: BillingPlan[] = [...standardBillingPlans()]
  return {
    all: async () => plans.toSorted(comparePlans),
    async add(plan, alongside) {
      const version = plans.filter(({ name }) => name === plan.name).length + 1
      const added = { ...plan, version, key: planKey(plan.name, version) }
      plans.push(added)
      try {
        await alongside(added, { scope: OPERATOR_SCOPE })
      } catch (error) {
        plans.splice(plans.indexOf(added), 1)
        throw error
      }
      return added
    },
  }
}
