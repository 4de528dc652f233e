import { InvalidInput, type Temporal } from '@tollgate/kernel'
import { MAX_PHASES } from '../../model/subscriptions/limits.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { endOf } from './phases.ts'
import { statusAt } from './status-at.ts'

/** What a change of a subscription can set. */
export type Revision = Partial<Pick<Subscription, 'phases' | 'trialEndsAt' | 'cancelsAt'>>

/** Returns the next revision of a subscription, with the state that it has at `now`. */
export function revise(subscription: Subscription, revision: Revision, now: Temporal.Instant): Subscription {
  const revised = { ...subscription, ...revision, revision: subscription.revision + 1 }
  if (revised.phases.length > MAX_PHASES) {
    throw new InvalidInput([{ path: 'subscription', message: `has been changed too often: it has ${MAX_PHASES} phases. Cancel it and subscribe again` }])
  }
  return advanceTo(revised, now)
}

/** Returns a subscription with the state that it has at `now`. Nothing else changes: phases say in advance when they start and end. */
export function advanceTo(subscription: Subscription, now: Temporal.Instant): Subscription {
  const status = statusAt(subscription, now)
  const hasEnded = status === 'cancelled' || status === 'expired'
  return { ...subscription, status, endedAt: hasEnded ? endOf(subscription) : null, advancedTo: now }
}
