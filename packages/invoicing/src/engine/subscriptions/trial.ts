import { InvalidInput, Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { SubscriptionNotChangeable } from '../../model/subscriptions/subscription-errors.ts'
import { type ChangeContext, changeTimeOf } from './change-time.ts'
import { phaseAt, phasesUntil } from './phases.ts'
import { revise } from './revise.ts'
import { checkSeats, checkTrialEnd, versionOf } from './start-subscription.ts'
import { statusAt } from './status-at.ts'

/** Moves the end of a trial to a later time. What follows the trial starts then. */
export function extendTrial(subscription: Subscription, until: Temporal.Instant, context: ChangeContext): Subscription {
  const { now } = context
  requireTrial(subscription, context)
  if (subscription.cancelsAt !== null) throw new SubscriptionNotChangeable('trialing', 'it will be cancelled, so it cannot be extended. Resume it first.')
  const end = subscription.trialEndsAt ?? now
  const issues = checkTrialEnd(subscription.startedAt, until)
  if (Temporal.Instant.compare(until, end) <= 0) issues.push({ path: 'until', message: `must be after the end of the trial, ${end.toString()}` })
  if (issues.length > 0) throw new InvalidInput(issues)
  const { phases } = subscription
  const isTrialEnd = (time: Temporal.Instant | null) => time !== null && time.equals(end)
  const extended = phases.map(phase => ({ ...phase, from: isTrialEnd(phase.from) ? until : phase.from, to: isTrialEnd(phase.to) ? until : phase.to }))
  return revise(subscription, { phases: extended, trialEndsAt: until }, now)
}

/** How a trial becomes an active subscription. */
export interface TrialConversion {
  /** Defaults to the plan of the trial. */
  readonly plan?: BillingPlan | undefined
  /** Defaults to the seats of the trial, or to 1 if the plan is not sold by seats. */
  readonly seats?: number | undefined
  readonly at: 'now' | 'trial_end'
}

/** Makes a trial an active subscription, now or when the trial ends. Withdraws a cancellation. */
export function convertTrial(subscription: Subscription, { plan, seats, at: time }: TrialConversion, context: ChangeContext): Subscription {
  const { now } = context
  const trial = requireTrial(subscription, context)
  const at = time === 'now' ? now : (subscription.trialEndsAt ?? now)
  const newSeats = seats ?? (plan?.seats === null ? 1 : trial.seats)
  const known = plan ?? context.plans.find(({ name, version }) => name === trial.plan.name && version === trial.plan.version)
  const issues = known === undefined ? [] : checkSeats(known, newSeats)
  if (issues.length > 0) throw new InvalidInput(issues)
  const active: SubscriptionPhase = { from: at, to: null, state: 'active', plan: plan === undefined ? trial.plan : versionOf(plan), seats: newSeats }
  // The trial may have been cut by a cancellation, so it is written until `at` again.
  const before = phasesUntil(subscription.phases, now)
  const rest: readonly SubscriptionPhase[] = at.equals(now) ? [] : [{ ...trial, from: trial.from, to: at }]
  const past = rest.length === 0 ? before : before.slice(0, -1)
  return revise(subscription, { phases: [...past, ...rest, active], trialEndsAt: at, cancelsAt: null }, now)
}

/** Ends a trial now, without an active subscription. */
export function expireTrial(subscription: Subscription, context: ChangeContext): Subscription {
  requireTrial(subscription, context)
  const { now } = context
  return revise(subscription, { phases: phasesUntil(subscription.phases, now), trialEndsAt: now, cancelsAt: null }, now)
}

function requireTrial(subscription: Subscription, context: ChangeContext): SubscriptionPhase {
  changeTimeOf(subscription, 'now', context)
  const phase = phaseAt(subscription, context.now)
  if (phase?.state !== 'trial') throw new SubscriptionNotChangeable(statusAt(subscription, context.now), 'it is not in a trial.')
  return phase
}
