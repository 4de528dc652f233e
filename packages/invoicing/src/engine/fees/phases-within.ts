import { type Period, periodWithin } from '@tollgate/kernel'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'

/** A phase of a subscription, cut to a period. */
export interface PhaseWithin {
  readonly phase: SubscriptionPhase
  readonly period: Period
}

/** Returns the phases of a subscription within a period, in order, each cut to the period. */
export function phasesWithin({ phases }: Pick<Subscription, 'phases'>, whole: Period): readonly PhaseWithin[] {
  return phases.flatMap(phase => {
    const period = periodWithin(whole, phase)
    return period === undefined ? [] : [{ phase, period }]
  })
}
