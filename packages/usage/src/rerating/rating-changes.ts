import { type Decimal, type Temporal, ZERO } from '@tollgate/kernel'
import type { Rating } from '../event.ts'

/** How much rating again changes. Costs are those of the events that change, before and after; USD. */
export interface ChangeTotals {
  readonly events: number
  /** Events that had no price and have one now. */
  readonly newlyPriced: number
  /** Events that had a price and have none any more. */
  readonly newlyUnpriced: number
  readonly oldCost: Decimal
  readonly newCost: Decimal
}

/** The changes of one tenant in one calendar month, by `occurredAt` in UTC. */
export interface PeriodChanges extends ChangeTotals {
  readonly tenantId: string
  /** Such as "2026-11". */
  readonly month: string
}

/** One event that changes. */
export interface EventChange {
  readonly eventId: string
  readonly tenantId: string
  readonly occurredAt: Temporal.Instant
  /** What it was taken to cost until then. */
  readonly from: Rating
  readonly to: Rating
}

/** What rating again changes, by tenant and month, with the largest changes as examples. */
export interface RatingChanges {
  readonly totals: ChangeTotals
  /** By tenant, then month. */
  readonly periods: readonly PeriodChanges[]
  /** The events whose cost changes most, up or down, largest first; `SAMPLED_CHANGES` at the most. */
  readonly sample: readonly EventChange[]
}

/** Events that are shown as examples. */
export const SAMPLED_CHANGES = 20

/** Nothing changes. */
export const NO_CHANGES: ChangeTotals = { events: 0, newlyPriced: 0, newlyUnpriced: 0, oldCost: ZERO, newCost: ZERO }

/** Adds up changes. */
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

/** Adds two sums of changes. */
export function addChanges(a: ChangeTotals, b: ChangeTotals): ChangeTotals {
  return {
    events: a.events + b.events,
    newlyPriced: a.newlyPriced + b.newlyPriced,
    newlyUnpriced: a.newlyUnpriced + b.newlyUnpriced,
    oldCost: a.oldCost.plus(b.oldCost),
    newCost: a.newCost.plus(b.newCost),
  }
}

/** USD that the events which change cost more than before; negative where they cost less. */
export function costDifference({ oldCost, newCost }: Pick<ChangeTotals, 'oldCost' | 'newCost'>): Decimal {
  return newCost.minus(oldCost)
}

/** Collects changes as they are found, keeping sums and examples only. */
export interface ChangeTally {
  add(changes: readonly EventChange[]): void
  changes(): RatingChanges
}

/** Starts with no changes. */
export function changeTally(): ChangeTally {
  const periods = new Map<string, PeriodChanges>()
  let totals = NO_CHANGES
  let sample: EventChange[] = []
  return {
    add(changes) {
      totals = addChanges(totals, totalChanges(changes))
      for (const [key, members] of Map.groupBy(changes, periodKey)) {
        const { tenantId, month } = JSON.parse(key) as Pick<PeriodChanges, 'tenantId' | 'month'>
        periods.set(key, { tenantId, month, ...addChanges(periods.get(key) ?? NO_CHANGES, totalChanges(members)) })
      }
      sample = [...sample, ...changes].sort(largestFirst).slice(0, SAMPLED_CHANGES)
    },
    changes: () => ({ totals, periods: [...periods.values()].sort(byTenantAndMonth), sample }),
  }
}

function periodKey({ tenantId, occurredAt }: EventChange): string {
  return JSON.stringify({ tenantId, month: new Date(occurredAt.epochMilliseconds).toISOString().slice(0, 7) })
}

function largestFirst(a: EventChange, b: EventChange): number {
  return difference(b).comparedTo(difference(a)) || (a.eventId < b.eventId ? -1 : 1)
}

function difference({ from, to }: EventChange): Decimal {
  return (to.cost ?? ZERO).minus(from.cost ?? ZERO).abs()
}

function byTenantAndMonth(a: PeriodChanges, b: PeriodChanges): number {
  return compareText(a.tenantId, b.tenantId) || compareText(a.month, b.month)
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
