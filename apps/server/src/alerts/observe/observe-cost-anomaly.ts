import { Decimal, type Period, type Temporal, ZERO } from '@tollgate/kernel'
import type { Observation } from '../observation.ts'
import type { SubjectUsage } from './subject-usage.ts'

/** Windows that make the moving average. */
const AVERAGED_WINDOWS = 7

/** With fewer since the first use, an average says nothing: a new tenant would begin with an alert. */
const MIN_WINDOWS = 3

/** The windows that the average is of, the oldest first, and the one that is held against it. */
export function costWindows(at: Temporal.Instant, windowMinutes: number): Period[] {
  return Array.from({ length: AVERAGED_WINDOWS + 1 }, (_, index) => {
    const to = at.subtract({ minutes: (AVERAGED_WINDOWS - index) * windowMinutes })
    return { from: to.subtract({ minutes: windowMinutes }), to }
  })
}

/**
 * How many times the average of the seven windows before it the last window cost, to four digits behind the point.
 * Windows before a tenant's first use are in no average; later ones without use are. Who has no average, or one of
 * nothing, is not seen.
 */
export function observeCostAnomaly(usage: readonly SubjectUsage[]): Observation[] {
  const windowsOf = Map.groupBy(usage, ({ tenantId }) => tenantId)
  return [...windowsOf].flatMap(([tenantId, windows]) => {
    const last = windows.find(({ bucket }) => bucket === AVERAGED_WINDOWS)?.measures
    const before = windows.filter(({ bucket }) => bucket < AVERAGED_WINDOWS)
    const averagedWindows = AVERAGED_WINDOWS - Math.min(...before.map(({ bucket }) => bucket))
    if (last === undefined || before.length === 0 || averagedWindows < MIN_WINDOWS) return []
    const average = before.reduce((sum, { measures }) => sum.plus(measures.cost), ZERO).dividedBy(averagedWindows)
    if (average.isZero()) return []
    const details = {
      cost: last.cost.toFixed(),
      averageCost: average.toDecimalPlaces(12).toFixed(),
      averagedWindows,
      calls: last.calls,
      unpricedCalls: last.unpricedCalls,
    }
    return [{ tenantId, value: new Decimal(last.cost).dividedBy(average).toDecimalPlaces(4), calls: last.calls, details }]
  })
}
