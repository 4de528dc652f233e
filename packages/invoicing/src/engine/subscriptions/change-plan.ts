import { InvalidInput } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { SubscriptionNotChangeable } from '../../model/subscriptions/subscription-errors.ts'
import { type ChangeContext, type ChangeTime, changeTimeOf } from './change-time.ts'
import { phaseAt, phasesFrom, phasesUntil } from './phases.ts'
import { revise } from './revise.ts'
import { checkSeats, versionOf } from './start-subscription.ts'
import { statusAt } from './status-at.ts'

/** Another plan for a subscription. */
export interface PlanChangeRequest {
  readonly plan: BillingPlan
  /** Defaults to the seats until then, or to 1 if the plan is not sold by seats. */
  readonly seats?: number | undefined
  readonly at: ChangeTime
}

/** Moves a subscription to another plan. Replaces plan changes that were scheduled; a trial or pause goes on as before. */
export function changePlan(subscription: Subscription, { plan, seats, at: time }: PlanChangeRequest, context: ChangeContext): Subscription {
  const { now } = context
  const at = changeTimeOf(subscription, time, context)
  const status = statusAt(subscription, now)
  if (status === 'trialing' && time === 'period_end') {
    throw new SubscriptionNotChangeable(
      status,
      'the plan of a trial changes now. To change it at the end of the trial, convert the trial to the other plan then.',
    )
  }
  const current = phaseAt(subscription, at)
  if (current === null) throw new SubscriptionNotChangeable(status, `it ends before the plan would change at ${at.toString()}.`)
  const newSeats = seats ?? (plan.seats === null ? 1 : current.seats)
  const issues = checkSeats(plan, newSeats)
  if (issues.length > 0) throw new InvalidInput(issues)
  const version = versionOf(plan)
  const rest = withoutScheduledPlans(phasesFrom(subscription.phases, at)).map(phase => ({ ...phase, plan: version, seats: newSeats }))
  return revise(subscription, { phases: joinEqual([...phasesUntil(subscription.phases, at), ...rest]) }, now)
}

/** Changes the number of seats, also of plans that are scheduled after that time. */
export function changeSeats(
  subscription: Subscription,
  { seats, at: time }: { readonly seats: number; readonly at: ChangeTime },
  context: ChangeContext,
): Subscription {
  const at = changeTimeOf(subscription, time, context)
  const rest = phasesFrom(subscription.phases, at)
  const [first] = rest
  if (first === undefined)
    throw new SubscriptionNotChangeable(statusAt(subscription, context.now), `it ends before the seats would change at ${at.toString()}.`)
  const planOf = ({ plan }: SubscriptionPhase) => context.plans.find(({ name, version }) => name === plan.name && version === plan.version)
  const issues = checkSeats(planOf(first) ?? { title: first.plan.name, seats: null }, seats)
  if (issues.length > 0) throw new InvalidInput(issues)
  const changed = rest.map(phase => ((planOf(phase)?.seats ?? null) === null ? phase : { ...phase, seats }))
  return revise(subscription, { phases: joinEqual([...phasesUntil(subscription.phases, at), ...changed]) }, context.now)
}

/** Drops the plan changes of phases: what follows in the same state continues the phase before. */
function withoutScheduledPlans(phases: readonly SubscriptionPhase[]): readonly SubscriptionPhase[] {
  return joinPhases(phases, (one, other) => one.state === other.state)
}

/** Joins phases that differ only in their times. */
function joinEqual(phases: readonly SubscriptionPhase[]): readonly SubscriptionPhase[] {
  return joinPhases(phases, (one, other) => one.state === other.state && one.seats === other.seats && one.plan.key === other.plan.key)
}

function joinPhases(
  phases: readonly SubscriptionPhase[],
  areAlike: (one: SubscriptionPhase, other: SubscriptionPhase) => boolean,
): readonly SubscriptionPhase[] {
  const joined: SubscriptionPhase[] = []
  for (const phase of phases) {
    const last = joined.at(-1)
    if (last !== undefined && areAlike(last, phase)) joined[joined.length - 1] = { ...last, to: phase.to }
    else joined.push(phase)
  }
  return joined
}
