import { Temporal } from '@tollgate/kernel'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'

type Phases = readonly SubscriptionPhase[]

/** Returns the phase at a time; null before the start and after the end. */
export function phaseAt({ phases }: Pick<Subscription, 'phases'>, at: Temporal.Instant): SubscriptionPhase | null {
  return phases.find(({ from, to }) => isAtOrBefore(from, at) && (to === null || !isAtOrBefore(to, at))) ?? null
}

/** Returns the phases until a time; the one at that time ends there. */
export function phasesUntil(phases: Phases, at: Temporal.Instant): Phases {
  return phases.filter(({ from }) => !isAtOrBefore(at, from)).map(phase => (phase.to === null || !isAtOrBefore(phase.to, at) ? { ...phase, to: at } : phase))
}

/** Returns the phases from a time on; the one at that time starts there. */
export function phasesFrom(phases: Phases, at: Temporal.Instant): Phases {
  return phases.filter(({ to }) => to === null || !isAtOrBefore(to, at)).map(phase => (isAtOrBefore(phase.from, at) ? { ...phase, from: at } : phase))
}

/** Returns the end of a subscription: that of its last phase. Null if it has none. One without phases ended before it started. */
export function endOf({ phases, cancelsAt, startedAt }: Pick<Subscription, 'phases' | 'cancelsAt' | 'startedAt'>): Temporal.Instant | null {
  const last = phases.at(-1)
  return last === undefined ? (cancelsAt ?? startedAt) : last.to
}

/** Returns the first time after `at` when a phase starts or the last one ends. Null if nothing changes any more. */
export function nextChange({ phases }: Pick<Subscription, 'phases'>, at: Temporal.Instant): Temporal.Instant | null {
  return phases.flatMap(({ from, to }) => (to === null ? [from] : [from, to])).find(time => !isAtOrBefore(time, at)) ?? null
}

function isAtOrBefore(a: Temporal.Instant, b: Temporal.Instant): boolean {
  return Temporal.Instant.compare(a, b) <= 0
}
