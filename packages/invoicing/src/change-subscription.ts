import { NotFound, Temporal, toMicrosecond } from '@tollgate/kernel'
import { findPlan } from './engine/fees/find-plan.ts'
import type { ChangeContext } from './engine/subscriptions/change-time.ts'
import { phaseAt } from './engine/subscriptions/phases.ts'
import type { BillingPlan } from './model/plans/billing-plan.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'
import { SubscriptionChanged } from './model/subscriptions/subscription-errors.ts'
import type { PlanChange, PlanInEffect } from './plan-effects.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'
import type { Alongside } from './subscription-store.ts'
import type { ChangeInput } from './subscriptions.ts'

/** How often a change is made again because another one came first. */
const MAX_ATTEMPTS = 5

/** Changes the latest subscription of a tenant, with all its effects. `edit` returns the same subscription to change nothing. */
export async function changeSubscription(
  dependencies: Pick<SubscriptionsDependencies, 'store' | 'plans' | 'clock' | 'effects'>,
  { tenantId, revision = null }: ChangeInput,
  edit: (subscription: Subscription, context: ChangeContext) => Subscription,
): Promise<Subscription> {
  const { store, clock } = dependencies
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const subscription = (await store.ofTenant(tenantId)).at(-1)
    if (subscription === undefined) throw new NotFound('subscription of the tenant', tenantId)
    if (revision !== null && revision !== subscription.revision) throw new SubscriptionChanged(tenantId)
    const plans = await dependencies.plans.all()
    const now = later(toMicrosecond(clock.now(tenantId)), subscription.advancedTo)
    const changed = edit(subscription, { now, plans })
    if (changed === subscription) return subscription
    const before = planInEffect(subscription, subscription.advancedTo, plans)
    if (await store.update(changed, alongside(dependencies, { subscription: changed, before, after: planInEffect(changed, now, plans) }))) return changed
  }
  throw new SubscriptionChanged(tenantId)
}

/** Returns what to do in the transaction of a change. Nothing if the tenant has the same plan as before. */
export function alongside({ effects }: Pick<SubscriptionsDependencies, 'effects'>, change: PlanChange): Alongside {
  const { before, after } = change
  const isSame = before?.plan.key === after?.plan.key && before?.state === after?.state
  return async transaction => {
    if (!isSame) await effects.planChanged(change, transaction)
  }
}

/** Returns what the tenant of a subscription has at a time. */
export function planInEffect(subscription: Subscription, at: Temporal.Instant, plans: readonly BillingPlan[]): PlanInEffect | null {
  const phase = phaseAt(subscription, at)
  return phase && { plan: findPlan(plans, phase.plan), state: phase.state }
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
