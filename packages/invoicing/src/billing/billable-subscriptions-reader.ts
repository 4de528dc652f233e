import type { Page, PageRequest } from '@tollgate/kernel'
import type { BillingPlan } from '../model/plans/billing-plan.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'

/** A subscription with every plan version that its phases name. */
export interface SubscriptionWithPlans {
  readonly subscription: Subscription
  readonly plans: readonly BillingPlan[]
}

/** Reads the subscriptions that are billed. */
export interface BillableSubscriptionsReader {
  /** Lists the ids of tenants that have or had a subscription, in their order. `after` is an id. */
  tenantIds(page: PageRequest): Promise<Page<string>>
  /** Returns the number of tenants that have or had a subscription. */
  count(): Promise<number>
  /** Returns all subscriptions of tenants, ended ones included, in order of their start. */
  of(tenantIds: readonly string[]): Promise<readonly SubscriptionWithPlans[]>
}
