import { type Period, Temporal } from '@tollgate/kernel'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'

/** A phase of a subscription, cut to a period. */
export interface PhaseWithin {
  readonly phase: SubscriptionPhase
  readonly period: Period
}

/** Returns the phases of a subscription within a period, in order, each cut to the period. */
export function phasesWithin({ phases }: Pick<Subscription, 'phases'>, { from, to }: Period): readonly PhaseWithin[] {
  return phases.flatMap(phase => {
    const start = later(phase.from, from)
    const end = phase.to === null ? to : earlier(phase.to, to)
    return Temporal.Instant.compare(start, end) < 0 ? [{ phase, period: { from: start, to: end } }] : []
  })
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}

function earlier(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? a : b
}
