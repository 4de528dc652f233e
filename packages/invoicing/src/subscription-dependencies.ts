import type { IdSource, TenantClock } from '@tollgate/kernel'
import type { PlanEffects, SubscribingTenants } from './plan-effects.ts'
import type { PlanStore } from './plan-store.ts'
import type { SubscriptionStore } from './subscription-store.ts'

/** Dependencies of `createSubscriptions`. */
export interface SubscriptionsDependencies {
  readonly store: SubscriptionStore
  readonly plans: Pick<PlanStore, 'all'>
  readonly tenants: SubscribingTenants
  readonly effects: Pick<PlanEffects, 'planChanged'>
  readonly clock: TenantClock
  readonly ids: IdSource
}
