import { adjustForPlan } from './adjust-counters.ts'
import type { Transaction } from '@tollgate/kernel'
import { checkPlan } from './model/policies/check-plan.ts'
import type { PlanDraft, QuotaPlan } from './model/policies/plan.ts'
import type { PolicyChangeDependencies } from './policy-change-dependencies.ts'

/** A plan to publish. */
export interface PublishPlanInput extends PlanDraft {
  readonly setBy?: string | null | undefined
}

/** Publishes a plan, replacing the one with the same name. Throws `InvalidInput`. */
export async function publishPlan(
  { store, adjusting }: PolicyChangeDependencies,
  { setBy = null, ...draft }: PublishPlanInput,
  transaction?: Transaction,
): Promise<QuotaPlan> {
  const plan = checkPlan(draft, setBy)
  await store.publishPlan(plan, adjustForPlan(adjusting, plan), transaction)
  return plan
}
