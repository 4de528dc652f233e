import { Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { ChangeInThePast, SubscriptionNotChangeable } from '../../model/subscriptions/subscription-errors.ts'
import { feeIntervalContaining } from '../fees/fee-interval.ts'
import { findPlan } from '../fees/find-plan.ts'
import { phaseAt } from './phases.ts'
import { statusAt } from './status-at.ts'

/** When a change takes effect: now, at the end of the interval that is paid, or at a time in the future. */
export type ChangeTime = 'now' | 'period_end' | Temporal.Instant

/** What every change needs to know. */
export interface ChangeContext {
  readonly now: Temporal.Instant
  /** Every plan version that a phase names. */
  readonly plans: readonly BillingPlan[]
}

/**
 * Returns the instant of a change. The period of a trial ends with the trial; that of a paid plan with its month or year.
 * Throws `ChangeInThePast`, and `SubscriptionNotChangeable` for a subscription that has ended.
 */
export function changeTimeOf(subscription: Subscription, time: ChangeTime, { now, plans }: ChangeContext): Temporal.Instant {
  requireOpen(subscription, now)
  if (time === 'now') return checkNotPast(subscription, now, now)
  if (time !== 'period_end') return checkNotPast(subscription, time, now)
  const phase = phaseAt(subscription, now)
  if (phase === null) return subscription.startedAt
  if (phase.state === 'trial') return subscription.trialEndsAt ?? now
  return feeIntervalContaining(subscription, findPlan(plans, phase.plan).feeInterval, now).to
}

/** Throws `SubscriptionNotChangeable` for a subscription that has ended. */
export function requireOpen(subscription: Subscription, now: Temporal.Instant): void {
  const status = statusAt(subscription, now)
  if (status === 'cancelled' || status === 'expired') throw new SubscriptionNotChangeable(status, 'subscribe again instead of changing it.')
}

function checkNotPast({ advancedTo }: Subscription, at: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const earliest = Temporal.Instant.compare(advancedTo, now) > 0 ? advancedTo : now
  if (Temporal.Instant.compare(at, earliest) < 0) throw new ChangeInThePast(at, earliest)
  return at
}
