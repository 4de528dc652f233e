import { billingPeriodContaining, InvalidInput, type Issue, Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import { MAX_SEATS, MAX_TRIAL_DAYS } from '../../model/subscriptions/limits.ts'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { advanceTo } from './revise.ts'

/** A subscription to start. */
export interface NewSubscription {
  readonly id: string
  readonly tenantId: string
  readonly currency: string
  readonly anchorDay: number
  readonly timeZone: string
  readonly previousTier: string | null
  readonly plan: BillingPlan
  readonly seats: number
  readonly from: Temporal.Instant
  /** A trial at its start. Null for none. */
  readonly trial: NewTrial | null
}

/** A trial to start. */
export interface NewTrial {
  readonly endsAt: Temporal.Instant
  /** Whether the subscription goes on as an active one after the trial. Otherwise it expires. */
  readonly converts: boolean
}

/** Returns a subscription that starts at `from`, with the state that it has at `now`. Throws `InvalidInput`. */
export function startSubscription({ plan, seats, from, trial, ...terms }: NewSubscription, now: Temporal.Instant): Subscription {
  const issues = [...checkSeats(plan, seats), ...(trial === null ? [] : checkTrialEnd(from, trial.endsAt))]
  // Also checks the anchor day.
  if (issues.length > 0) throw new InvalidInput(issues)
  billingPeriodContaining(from, terms, terms.timeZone)
  const phase = { plan: versionOf(plan), seats }
  const phases: readonly SubscriptionPhase[] =
    trial === null
      ? [{ from, to: null, state: 'active', ...phase }]
      : [
          { from, to: trial.endsAt, state: 'trial', ...phase },
          ...(trial.converts ? [{ from: trial.endsAt, to: null, state: 'active' as const, ...phase }] : []),
        ]
  const started: Subscription = {
    ...terms,
    status: 'scheduled',
    startedAt: from,
    trialEndsAt: trial?.endsAt ?? null,
    cancelsAt: null,
    endedAt: null,
    phases,
    advancedTo: now,
    revision: 1,
  }
  return advanceTo(started, now)
}

/** Returns how phases name a plan. */
export function versionOf({ name, version, key }: BillingPlan): SubscriptionPhase['plan'] {
  return { name, version, key }
}

/** Returns what is wrong with a number of seats. */
export function checkSeats({ title, seats: terms }: Pick<BillingPlan, 'title' | 'seats'>, seats: number): Issue[] {
  if (!Number.isInteger(seats) || seats < 1 || seats > MAX_SEATS) return [{ path: 'seats', message: `must be an integer from 1 to ${MAX_SEATS}, not ${seats}` }]
  return terms === null && seats > 1 ? [{ path: 'seats', message: `must be 1, because the plan ${title} is not sold by seats` }] : []
}

/** Returns what is wrong with the end of a trial. */
export function checkTrialEnd(from: Temporal.Instant, endsAt: Temporal.Instant): Issue[] {
  if (Temporal.Instant.compare(endsAt, from) <= 0) return [{ path: 'trialEndsAt', message: `must be after the start of the trial, ${from.toString()}` }]
  const latest = from.add({ hours: MAX_TRIAL_DAYS * 24 })
  return Temporal.Instant.compare(endsAt, latest) > 0
    ? [{ path: 'trialEndsAt', message: `must be at most ${MAX_TRIAL_DAYS} days after the start of the trial` }]
    : []
}
