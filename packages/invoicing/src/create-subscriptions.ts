import { toMicrosecond } from '@tollgate/kernel'
import { advanceSubscriptions, advanceTenant } from './advance-subscriptions.ts'
import { changeSubscription } from './change-subscription.ts'
import { findPlanByReference } from './create-plans.ts'
import { cancel } from './engine/subscriptions/cancel.ts'
import { changePlan, changeSeats } from './engine/subscriptions/change-plan.ts'
import { pause, resume } from './engine/subscriptions/pause.ts'
import { statusAt } from './engine/subscriptions/status-at.ts'
import { convertTrial, expireTrial, extendTrial } from './engine/subscriptions/trial.ts'
import { tierHistory } from './model/subscriptions/tiers.ts'
import { readRecurringRevenue } from './read-recurring-revenue.ts'
import { startTrial, subscribe } from './subscribe.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'
import type { Subscriptions } from './subscriptions.ts'

/** Creates the service for subscriptions. */
export function createSubscriptions(dependencies: SubscriptionsDependencies): Subscriptions {
  const { store, clock } = dependencies
  return {
    subscribe: input => subscribe(dependencies, input),
    startTrial: input => startTrial(dependencies, input),
    extendTrial: ({ until, ...input }) =>
      changeSubscription(dependencies, input, (subscription, context) => extendTrial(subscription, toMicrosecond(until), context)),
    convertTrial: ({ plan, seats, at, ...input }) =>
      changeSubscription(dependencies, input, (subscription, context) =>
        convertTrial(
          subscription,
          { plan: typeof plan === 'string' ? findPlanByReference(context.plans, plan) : undefined, seats: seats ?? undefined, at: at ?? 'now' },
          context,
        ),
      ),
    expireTrial: input => changeSubscription(dependencies, input, expireTrial),
    changePlan: ({ plan, seats, at, ...input }) =>
      changeSubscription(dependencies, input, (subscription, context) =>
        changePlan(subscription, { plan: findPlanByReference(context.plans, plan), seats: seats ?? undefined, at: at ?? 'now' }, context),
      ),
    changeSeats: ({ seats, at, ...input }) =>
      changeSubscription(dependencies, input, (subscription, context) => changeSeats(subscription, { seats, at: at ?? 'now' }, context)),
    pause: ({ resumesAt, ...input }) =>
      changeSubscription(dependencies, input, (subscription, context) =>
        pause(subscription, { resumesAt: resumesAt ? toMicrosecond(resumesAt) : null }, context),
      ),
    resume: input => changeSubscription(dependencies, input, resume),
    cancel: ({ at, ...input }) => changeSubscription(dependencies, input, (subscription, context) => cancel(subscription, at ?? 'now', context)),
    async find(tenantId) {
      const subscription = (await store.ofTenant(tenantId)).at(-1)
      return subscription && { ...subscription, status: statusAt(subscription, clock.now(tenantId)) }
    },
    history: tenantId => store.ofTenant(tenantId),
    tiersOf: async (tenantId, currentTier) => tierHistory(await store.ofTenant(tenantId), currentTier),
    async tiersOfTenants(currentTiers) {
      const found = Map.groupBy(await store.ofTenants([...currentTiers.keys()]), ({ tenantId }) => tenantId)
      return new Map([...currentTiers].map(([tenantId, tier]) => [tenantId, tierHistory(found.get(tenantId) ?? [], tier)]))
    },
    advance: options => advanceSubscriptions(dependencies, options),
    advanceTenant: tenantId => advanceTenant(dependencies, tenantId),
    recurringRevenue: query => readRecurringRevenue(dependencies, query),
  }
}
