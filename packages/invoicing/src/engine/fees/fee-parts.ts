import { Decimal, type Period, Temporal } from '@tollgate/kernel'
import type { BillingPlan, FeeInterval } from '../../model/plans/billing-plan.ts'
import type { PlanVersion, Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { feeIntervalContaining, firstActiveStart } from './fee-interval.ts'
import { findPlan } from './find-plan.ts'
import { phasesWithin } from './phases-within.ts'
import { shareOfAmount, timeShare, type TimeShare } from './time-share.ts'

/** What a phase owes of the fee of an interval: for the plan itself, or for its seats. */
export interface FeePart {
  readonly kind: 'recurring_fee' | 'seats'
  readonly plan: PlanVersion
  readonly feeInterval: FeeInterval
  /** The month or year that the fee pays for. */
  readonly interval: Period
  /** The time that this part charges, within the interval. */
  readonly period: Period
  /** Share of the interval's time. */
  readonly share: TimeShare
  /** Seats that are charged. Null for the recurring fee. */
  readonly seats: number | null
  /** Price of the plan, or of one seat, for the whole interval. */
  readonly unitPrice: Decimal
  /** What the whole interval costs: `unitPrice`, times `seats` if there are any. */
  readonly intervalAmount: Decimal
  /** The share of `intervalAmount`, in minor units of `currency`. */
  readonly amount: Decimal
  readonly currency: string
  /** From when on it can be billed. */
  readonly billableAt: Temporal.Instant
}

/** A subscription with the plans of its phases. */
export interface SubscribedPlans {
  readonly subscription: Pick<Subscription, 'anchorDay' | 'timeZone' | 'startedAt' | 'phases'>
  /** Every plan version that a phase names. */
  readonly plans: readonly BillingPlan[]
}

/**
 * Returns the parts of the fees of one interval, as they are known now, in order of time. Only active phases whose plan has
 * this interval have fees. The amounts of the parts of one plan and number of seats that cover an interval add up to its fee.
 */
export function feePartsOf({ subscription, plans }: SubscribedPlans, feeInterval: FeeInterval, at: Temporal.Instant): readonly FeePart[] {
  const interval = feeIntervalContaining(subscription, feeInterval, at)
  const endsAt = subscription.phases.at(-1)?.to ?? null
  return phasesWithin(subscription, interval).flatMap(({ phase, period }) => {
    const plan = findPlan(plans, phase.plan)
    if (phase.state !== 'active' || plan.feeInterval !== feeInterval) return []
    return feesOf(plan, phase).map(({ kind, seats, unitPrice, intervalAmount }) => ({
      kind,
      plan: phase.plan,
      feeInterval,
      interval,
      period,
      share: timeShare(period, interval),
      seats,
      unitPrice,
      intervalAmount,
      amount: shareOfAmount(intervalAmount, plan.currency, period, interval),
      currency: plan.currency,
      billableAt: plan.feeTiming === 'in_advance' ? period.from : endOfService(interval, endsAt),
    }))
  })
}

/**
 * Returns all parts of fees, since the start of the subscription, that can be billed at `through`, in order of time. Their
 * sum is what is due; what has been billed before is the caller's to subtract.
 */
export function feePartsDue(subscribed: SubscribedPlans, through: Temporal.Instant): readonly FeePart[] {
  return [...eachFeePart(subscribed, 'month', through), ...eachFeePart(subscribed, 'year', through)]
    .filter(({ billableAt }) => Temporal.Instant.compare(billableAt, through) <= 0)
    .toSorted((a, b) => Temporal.Instant.compare(a.period.from, b.period.from))
}

function* eachFeePart(subscribed: SubscribedPlans, feeInterval: FeeInterval, through: Temporal.Instant): Generator<FeePart> {
  const { subscription, plans } = subscribed
  if (!subscription.phases.some(({ plan }) => findPlan(plans, plan).feeInterval === feeInterval)) return
  for (let at = firstActiveStart(subscription); Temporal.Instant.compare(at, through) <= 0; at = feeIntervalContaining(subscription, feeInterval, at).to) {
    yield* feePartsOf(subscribed, feeInterval, at)
  }
}

type Fee = Pick<FeePart, 'kind' | 'seats' | 'unitPrice' | 'intervalAmount'>

function feesOf({ recurringFee, seats: terms }: BillingPlan, { seats }: SubscriptionPhase): readonly Fee[] {
  const fees: Fee[] = []
  if (recurringFee.gt(0)) fees.push({ kind: 'recurring_fee', seats: null, unitPrice: recurringFee, intervalAmount: recurringFee })
  const charged = terms === null ? 0 : Math.max(0, seats - terms.included)
  if (terms !== null && charged > 0 && terms.unitPrice.gt(0)) {
    fees.push({ kind: 'seats', seats: charged, unitPrice: terms.unitPrice, intervalAmount: terms.unitPrice.times(new Decimal(charged)) })
  }
  return fees
}

/** A fee in arrears is billed at the end of its interval, or of the subscription if that is earlier. */
function endOfService(interval: Period, endsAt: Temporal.Instant | null): Temporal.Instant {
  return endsAt !== null && Temporal.Instant.compare(endsAt, interval.to) < 0 ? endsAt : interval.to
}
