import { Temporal } from '@tollgate/kernel'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { SubscriptionNotChangeable } from '../../model/subscriptions/subscription-errors.ts'
import { type ChangeContext, type ChangeTime, changeTimeOf } from './change-time.ts'
import { endOf, phasesUntil } from './phases.ts'
import { revise } from './revise.ts'
import { statusAt } from './status-at.ts'

/** Ends a subscription now or later. Drops what was scheduled after that time. A trial ends no later than without the cancellation. */
export function cancel(subscription: Subscription, time: ChangeTime, context: ChangeContext): Subscription {
  const at = changeTimeOf(subscription, time, context)
  const { phases, cancelsAt } = subscription
  const end = endOf(subscription)
  if (end !== null && Temporal.Instant.compare(at, end) > 0) {
    throw new SubscriptionNotChangeable(
      statusAt(subscription, context.now),
      `it ends at ${end.toString()} already${cancelsAt === null ? ', with its trial' : ''}.`,
    )
  }
  return revise(subscription, { phases: phasesUntil(phases, at), cancelsAt: at }, context.now)
}
