import { InvalidInput, toMicrosecond } from '@tollgate/kernel'
import { checkedInput, checkShape, inputShape, optionalTime, requireText, requireTime } from '@tollgate/kernel/input'
import { advanceSubscriptions, advanceTenant } from './advance-subscriptions.ts'
import { changeSubscription } from './change-subscription.ts'
import { findPlanByReference } from './create-plans.ts'
import { cancel } from './engine/subscriptions/cancel.ts'
import { changePlan, changeSeats } from './engine/subscriptions/change-plan.ts'
import { pause, resume } from './engine/subscriptions/pause.ts'
import { statusAt } from './engine/subscriptions/status-at.ts'
import { convertTrial, expireTrial, extendTrial } from './engine/subscriptions/trial.ts'
import { INPUTS } from './input-shapes.ts'
import { tierHistory } from './model/subscriptions/tiers.ts'
import { readChangeTime } from './read-change-time.ts'
import { readRecurringRevenue } from './read-recurring-revenue.ts'
import { startTrial, subscribe } from './subscribe.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'
import type { Subscriptions } from './subscriptions.ts'

const OPTIONS = inputShape<SubscriptionsDependencies>({
  store: 'object',
  plans: 'object',
  tenants: 'object',
  effects: 'object',
  clock: 'object',
  ids: 'object',
})

/** Creates the service for subscriptions. Throws `InvalidInput` for options that it does not have, or that are missing. */
export function createSubscriptions(dependencies: SubscriptionsDependencies): Subscriptions {
  checkShape(OPTIONS, dependencies)
  const { store, clock } = dependencies
  return {
    subscribe: checkedInput(INPUTS.subscribe, input => subscribe(dependencies, input)),
    startTrial: checkedInput(INPUTS.startTrial, input => startTrial(dependencies, input)),
    extendTrial: checkedInput(INPUTS.extendTrial, async ({ until, ...input }) => {
      const end = toMicrosecond(requireTime('until', until))
      return changeSubscription(dependencies, input, (subscription, context) => extendTrial(subscription, end, context))
    }),
    convertTrial: checkedInput(INPUTS.convertTrial, async ({ plan, seats, at, ...input }) => {
      if (at && !CONVERSION_TIMES.includes(at)) throw new InvalidInput([{ path: 'at', message: `must be one of ${CONVERSION_TIMES.join(', ')}` }])
      return changeSubscription(dependencies, input, (subscription, context) =>
        convertTrial(
          subscription,
          { plan: typeof plan === 'string' ? findPlanByReference(context.plans, plan) : undefined, seats: seats ?? undefined, at: at ?? 'now' },
          context,
        ),
      )
    }),
    expireTrial: checkedInput(INPUTS.change, input => changeSubscription(dependencies, input, expireTrial)),
    changePlan: checkedInput(INPUTS.changePlan, async ({ plan, seats, at: given, ...input }) => {
      const at = readChangeTime(given)
      return changeSubscription(dependencies, input, (subscription, context) =>
        changePlan(subscription, { plan: findPlanByReference(context.plans, plan), seats: seats ?? undefined, at }, context),
      )
    }),
    changeSeats: checkedInput(INPUTS.changeSeats, async ({ seats, at: given, ...input }) => {
      const at = readChangeTime(given)
      return changeSubscription(dependencies, input, (subscription, context) => changeSeats(subscription, { seats, at }, context))
    }),
    pause: checkedInput(INPUTS.pause, async ({ resumesAt: given, ...input }) => {
      const time = optionalTime('resumesAt', given)
      const resumesAt = time && toMicrosecond(time)
      return changeSubscription(dependencies, input, (subscription, context) => pause(subscription, { resumesAt }, context))
    }),
    resume: checkedInput(INPUTS.change, input => changeSubscription(dependencies, input, resume)),
    cancel: checkedInput(INPUTS.cancel, async ({ at: given, ...input }) => {
      const at = readChangeTime(given)
      return changeSubscription(dependencies, input, (subscription, context) => cancel(subscription, at, context))
    }),
    async find(tenantId) {
      requireText('tenantId', tenantId)
      const subscription = (await store.ofTenant(tenantId)).at(-1)
      return subscription && { ...subscription, status: statusAt(subscription, clock.now(tenantId)) }
    },
    async history(tenantId) {
      requireText('tenantId', tenantId)
      return store.ofTenant(tenantId)
    },
    tiersOf: async (tenantId, currentTier) => tierHistory(await store.ofTenant(tenantId), currentTier),
    async tiersOfTenants(currentTiers) {
      const found = Map.groupBy(await store.ofTenants([...currentTiers.keys()]), ({ tenantId }) => tenantId)
      return new Map([...currentTiers].map(([tenantId, tier]) => [tenantId, tierHistory(found.get(tenantId) ?? [], tier)]))
    },
    advance: checkedInput(INPUTS.advance, options => advanceSubscriptions(dependencies, options)),
    async advanceTenant(tenantId) {
      requireText('tenantId', tenantId)
      return advanceTenant(dependencies, tenantId)
    },
    recurringRevenue: checkedInput(INPUTS.recurringRevenue, query => readRecurringRevenue(dependencies, query)),
  }
}

const CONVERSION_TIMES: readonly string[] = ['now', 'trial_end']
