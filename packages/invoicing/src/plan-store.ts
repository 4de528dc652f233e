import type { Transaction } from '@tollgate/kernel'
import type { BillingPlan } from './model/plans/billing-plan.ts'

/** A plan to add. The store numbers its version, which gives it its key. */
export type NewPlan = Omit<BillingPlan, 'version' | 'key'>

/** Stores the versions of plans. They are never changed. */
export interface PlanStore {
  /** Returns every version of every plan, by rank, name and version. */
  all(): Promise<readonly BillingPlan[]>
  /** Adds the next version of a plan, and runs `alongside` in the same transaction. If that throws, nothing is added. */
  add(plan: NewPlan, alongside: (plan: BillingPlan, transaction: Transaction) => Promise<void>): Promise<BillingPlan>
}
