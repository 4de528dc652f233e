import type { Decimal, Period, Temporal } from '@tollgate/kernel'
import type { PlanVersion } from '../../model/subscriptions/subscription.ts'
import { feeIntervalContaining } from './fee-interval.ts'
import type { SubscribedPlans } from './fee-parts.ts'
import { findPlan } from './find-plan.ts'
import { phasesWithin } from './phases-within.ts'
import { shareOfAmount, timeShare, type TimeShare } from './time-share.ts'

/** The least that usage costs in a part of a billing period. */
export interface CommitmentPart {
  readonly plan: PlanVersion
  /** The billing period. */
  readonly interval: Period
  /** The time that it is for, within the billing period. */
  readonly period: Period
  /** Share of the billing period's time. */
  readonly share: TimeShare
  /** Of the plan, for a whole billing period. */
  readonly monthAmount: Decimal
  /** The share of `monthAmount`, in minor units of `currency`. */
  readonly amount: Decimal
  readonly currency: string
}

/**
 * Returns the minimum commitments of the active phases in the billing period that contains `at`, each prorated by its time.
 * Usage of the whole billing period costs at least their sum.
 */
export function minimumCommitments({ subscription, plans }: SubscribedPlans, at: Temporal.Instant): readonly CommitmentPart[] {
  const interval = feeIntervalContaining(subscription, 'month', at)
  return phasesWithin(subscription, interval).flatMap(({ phase, period }) => {
    const { minimumCommitment, currency } = findPlan(plans, phase.plan)
    if (phase.state !== 'active' || minimumCommitment === null) return []
    const amount = shareOfAmount(minimumCommitment, currency, period, interval)
    return [{ plan: phase.plan, interval, period, share: timeShare(period, interval), monthAmount: minimumCommitment, amount, currency }]
  })
}
