import { Temporal, toMicrosecond } from '@tollgate/kernel'
import { changeSubscription } from './change-subscription.ts'
import { billingPeriodOf } from './engine/fees/fee-interval.ts'
import { nextChange } from './engine/subscriptions/phases.ts'
import { revise } from './engine/subscriptions/revise.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'
import type { AdvanceSubscriptionsOptions } from './subscriptions.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'

type AdvanceDependencies = Pick<SubscriptionsDependencies, 'store' | 'plans' | 'clock' | 'effects'>

/** Gives effect to what has become due in the subscription of a tenant. */
export function advanceSubscription(dependencies: AdvanceDependencies, tenantId: string): Promise<Subscription> {
  return changeSubscription(dependencies, { tenantId }, (subscription, { now }) => {
    const due = nextChange(subscription, subscription.advancedTo)
    return due === null || due.epochNanoseconds > now.epochNanoseconds ? subscription : revise(subscription, {}, now)
  })
}

/** Gives effect to what has become due, tenant by tenant. A failure of one does not keep others from theirs. */
export async function advanceSubscriptions(
  dependencies: AdvanceDependencies,
  { first, except = [], onFailure = () => {} }: AdvanceSubscriptionsOptions,
): Promise<number> {
  const { store, clock } = dependencies
  const due = await store.due(toMicrosecond(clock.now(null)), first, [...except, ...(clock.simulatedTenants?.() ?? [])])
  let advanced = 0
  for (const tenantId of due) {
    try {
      await advanceSubscription(dependencies, tenantId)
      advanced += 1
    } catch (error) {
      onFailure(error, tenantId)
    }
  }
  return advanced
}

/** Gives effect to what has become due in the latest subscription of a tenant. Returns when it changes or ends a billing period next. */
export async function advanceTenant(dependencies: AdvanceDependencies, tenantId: string): Promise<Temporal.Instant | null> {
  if ((await dependencies.store.ofTenant(tenantId)).length === 0) return null
  const subscription = await advanceSubscription(dependencies, tenantId)
  const now = dependencies.clock.now(tenantId)
  const isStarted = Temporal.Instant.compare(subscription.startedAt, now) <= 0
  const periodEnd = subscription.endedAt !== null ? null : isStarted ? billingPeriodOf(subscription, now).to : subscription.startedAt
  const dates = [nextChange(subscription, subscription.advancedTo), periodEnd].filter(date => date !== null && Temporal.Instant.compare(date, now) > 0)
  return dates.reduce((first, date) => (first === null || (date !== null && Temporal.Instant.compare(date, first) < 0) ? date : first), null)
}
