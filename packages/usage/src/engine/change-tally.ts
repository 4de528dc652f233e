import { type Decimal, ZERO } from '@tollgate/kernel'
import { compareText } from '../model/compare-text.ts'
import { addChanges, type EventChange, NO_CHANGES, type PeriodChanges, type RatingChanges, SAMPLED_CHANGES, totalChanges } from '../model/rating-changes.ts'

/** Totals changes chunk by chunk. Keeps totals and a sample, not the changes. */
export interface ChangeTally {
  add(changes: readonly EventChange[]): void
  changes(): RatingChanges
}

/** Returns an empty tally. */
export function createChangeTally(): ChangeTally {
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
