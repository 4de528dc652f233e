import { Temporal } from '@tollgate/kernel'
import type { Subscription, SubscriptionStatus } from '../../model/subscriptions/subscription.ts'
import { phaseAt } from './phases.ts'

const STATUS = { trial: 'trialing', active: 'active', paused: 'paused' } as const

/** Returns the state of a subscription at a time, as its phases are known now. */
export function statusAt(subscription: Pick<Subscription, 'phases' | 'startedAt' | 'trialEndsAt' | 'cancelsAt'>, at: Temporal.Instant): SubscriptionStatus {
  const { phases, startedAt, trialEndsAt, cancelsAt } = subscription
  // One that ended before or when it started has no phases.
  if (phases.length > 0 && Temporal.Instant.compare(at, startedAt) < 0) return 'scheduled'
  const phase = phaseAt(subscription, at)
  if (phase !== null) return STATUS[phase.state]
  const last = phases.at(-1)
  const endedInTrial = last === undefined ? trialEndsAt !== null : last.state === 'trial'
  return endedInTrial && cancelsAt === null ? 'expired' : 'cancelled'
}
