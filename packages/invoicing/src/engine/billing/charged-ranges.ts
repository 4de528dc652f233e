import { type Period, Temporal } from '@tollgate/kernel'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { phasesWithin } from '../fees/phases-within.ts'

/** Returns the stretches of a period in which usage is charged: active phases that adjoin are one stretch. */
export function chargedRanges(subscription: Pick<Subscription, 'phases'>, period: Period): readonly Period[] {
  const ranges: Period[] = []
  for (const { phase, period: within } of phasesWithin(subscription, period)) {
    if (phase.state !== 'active') continue
    const last = ranges.at(-1)
    if (last !== undefined && Temporal.Instant.compare(last.to, within.from) === 0) ranges.splice(-1, 1, { from: last.from, to: within.to })
    else ranges.push(within)
  }
  return ranges
}
