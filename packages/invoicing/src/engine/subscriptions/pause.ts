import type { Temporal } from '@tollgate/kernel'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { ChangeInThePast, SubscriptionNotChangeable } from '../../model/subscriptions/subscription-errors.ts'
import { type ChangeContext, changeTimeOf } from './change-time.ts'
import { phaseAt, phasesUntil } from './phases.ts'
import { revise } from './revise.ts'
import { statusAt } from './status-at.ts'

/** Pauses a subscription now. It resumes at `resumesAt`, or when it is asked to. Drops plan changes that were scheduled. */
export function pause(subscription: Subscription, { resumesAt }: { readonly resumesAt: Temporal.Instant | null }, context: ChangeContext): Subscription {
  const { now } = context
  changeTimeOf(subscription, 'now', context)
  const status = statusAt(subscription, now)
  const current = phaseAt(subscription, now)
  if (current?.state !== 'active') throw new SubscriptionNotChangeable(status, 'only an active subscription can be paused.')
  if (subscription.cancelsAt !== null) throw new SubscriptionNotChangeable(status, 'it will be cancelled, so it cannot be paused. Resume it first.')
  if (resumesAt !== null && resumesAt.epochNanoseconds <= now.epochNanoseconds) throw new ChangeInThePast(resumesAt, now)
  const { plan, seats } = current
  const paused: SubscriptionPhase = { from: now, to: resumesAt, state: 'paused', plan, seats }
  const resumed: readonly SubscriptionPhase[] = resumesAt === null ? [] : [{ from: resumesAt, to: null, state: 'active', plan, seats }]
  return revise(subscription, { phases: [...phasesUntil(subscription.phases, now), paused, ...resumed] }, now)
}

/** Ends a pause now or, if the subscription is not paused, withdraws a cancellation that is requested for later. */
export function resume(subscription: Subscription, context: ChangeContext): Subscription {
  const { now } = context
  changeTimeOf(subscription, 'now', context)
  const { phases, cancelsAt, trialEndsAt } = subscription
  const current = phaseAt(subscription, now)
  if (current?.state === 'paused') {
    return revise(subscription, { phases: [...phasesUntil(phases, now), { ...current, from: now, to: cancelsAt, state: 'active' }] }, now)
  }
  const last = phases.at(-1)
  if (cancelsAt === null || last === undefined)
    throw new SubscriptionNotChangeable(statusAt(subscription, now), 'it is neither paused nor will it be cancelled.')
  return revise(subscription, { phases: [...phases.slice(0, -1), { ...last, to: last.state === 'trial' ? trialEndsAt : null }], cancelsAt: null }, now)
}
