import type { Transaction } from '@tollgate/kernel'
import type { BillingPlan } from './model/plans/billing-plan.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'

/** What a tenant has by its plan at a time: the plan, and whether it is paused. */
export interface PlanInEffect {
  readonly plan: BillingPlan
  readonly state: 'trial' | 'active' | 'paused'
}

/** A change of what a tenant has by its plan. */
export interface PlanChange {
  readonly subscription: Subscription
  /** Until now. Null before a subscription. */
  readonly before: PlanInEffect | null
  /** From now on. Null after a subscription. */
  readonly after: PlanInEffect | null
}

/**
 * Changes what other packages keep of plans, in the transaction of the change: so a subscription, and the tier, quotas, charge
 * rules and credits of its tenant never disagree.
 */
export interface PlanEffects {
  /** Publishes the quotas and charge rules of a plan version under its key. */
  planPublished(plan: BillingPlan, transaction: Transaction): Promise<void>
  /** Sets the tier, quotas and credit allowance of a tenant. */
  planChanged(change: PlanChange, transaction: Transaction): Promise<void>
}

/** A tenant as subscriptions see it. */
export interface SubscribingTenant {
  readonly id: string
  readonly tier: string | null
  /** ISO 4217. */
  readonly currency: string
  readonly timeZone: string
  readonly billingAnchorDay: number
}

/** Finds tenants. Implement it over the store that keeps accounts. */
export interface SubscribingTenants {
  /** Returns undefined for an unknown tenant. */
  find(id: string): Promise<SubscribingTenant | undefined>
}
