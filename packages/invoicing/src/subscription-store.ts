import type { Temporal, Transaction } from '@tollgate/kernel'
import type { Subscription } from './model/subscriptions/subscription.ts'

/** What is changed in the transaction of a subscription. If it throws, the subscription is not changed either. */
export type Alongside = (transaction: Transaction) => Promise<void>

/** Stores subscriptions. `describeSubscriptionStore` is the contract of all adapters. */
export interface SubscriptionStore {
  /** Returns the subscriptions of a tenant, oldest first. */
  ofTenant(tenantId: string): Promise<readonly Subscription[]>
  /** Returns the subscriptions of tenants, those of each oldest first. */
  ofTenants(tenantIds: readonly string[]): Promise<readonly Subscription[]>
  /** Adds a subscription. Returns false, and does nothing, if the tenant has one that has not ended. */
  add(subscription: Subscription, alongside: Alongside): Promise<boolean>
  /** Stores the next revision of a subscription. Returns false, and does nothing, unless the stored one is the revision before it. */
  update(subscription: Subscription, alongside: Alongside): Promise<boolean>
  /** Returns at most `first` tenants whose subscriptions change by themselves until `at`, the earliest first, except some. */
  due(at: Temporal.Instant, first: number, except?: readonly string[]): Promise<readonly string[]>
  /** Returns the subscriptions of the next `first` tenants after a tenant, by id, those of a tenant together and oldest first. */
  page(query: { readonly first: number; readonly after: string | null }): Promise<readonly (readonly Subscription[])[]>
}
