import { type Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { Rating } from './event.ts'

/** Totals over changed events. Costs are in USD, before and after the change. */
export interface ChangeTotals {
  readonly events: number
  /** Events that were unpriced and now have a price. */
  readonly newlyPriced: number
  /** Events that had a price and now are unpriced. */
  readonly newlyUnpriced: number
  readonly oldCost: Decimal
  readonly newCost: Decimal
}

/** The changes of one tenant in one calendar month (UTC), by `occurredAt`. */
export interface PeriodChanges extends ChangeTotals {
  readonly tenantId: string
  /** Such as "2026-11". */
  readonly month: string
}

/** A change of the rating of one event. */
export interface EventChange {
  readonly eventId: string
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  /** The effective rating before the change. */
  readonly from: Rating
  readonly to: Rating
}

/** The changes of a preview or a run, by tenant and month, with a sample of the largest ones. */
export interface RatingChanges {
  readonly totals: ChangeTotals
  /** Ordered by tenant, then month. */
  readonly periods: readonly PeriodChanges[]
  /** The events whose cost changes most, up or down, largest first. At most `SAMPLED_CHANGES`. */
  readonly sample: readonly EventChange[]
}

/** Maximum number of events in the sample. */
export const SAMPLED_CHANGES = 20

/** The totals of no changes. */
export const NO_CHANGES: ChangeTotals = { events: 0, newlyPriced: 0, newlyUnpriced: 0, oldCost: ZERO, newCost: ZERO }

/** Returns the totals of changes. */
export function totalChanges(changes: Iterable<EventChange>): ChangeTotals {
  let { events, newlyPriced, newlyUnpriced, oldCost, newCost } = NO_CHANGES
  for (const { from, to } of changes) {
    events += 1
    if (from.state === 'unpriced' && to.state !== 'unpriced') newlyPriced += 1
    if (from.state !== 'unpriced' && to.state === 'unpriced') newlyUnpriced += 1
    if (from.cost !== null) oldCost = oldCost.plus(from.cost)
    if (to.cost !== null) newCost = newCost.plus(to.cost)
  }
  return { events, newlyPriced, newlyUnpriced, oldCost, newCost }
}

/** Adds two totals. */
export function addChanges(a: ChangeTotals, b: ChangeTotals): ChangeTotals {
  return {
    events: a.events + b.events,
    newlyPriced: a.newlyPriced + b.newlyPriced,
    newlyUnpriced: a.newlyUnpriced + b.newlyUnpriced,
    oldCost: a.oldCost.plus(b.oldCost),
    newCost: a.newCost.plus(b.newCost),
  }
}

/** Returns the difference of the costs in USD; negative if the events cost less than before. */
export function costDifference({ oldCost, newCost }: Pick<ChangeTotals, 'oldCost' | 'newCost'>): Decimal {
  return newCost.minus(oldCost)
}
