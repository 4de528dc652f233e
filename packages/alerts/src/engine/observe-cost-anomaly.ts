import { Decimal, type Period, type Temporal, ZERO } from '@tollgate/kernel'
import type { Observation } from '../model/observation.ts'
import type { SubjectUsage } from '../model/subject-usage.ts'

/** Windows that the average is taken over. */
const AVERAGED_WINDOWS = 7

/** With fewer windows since the first usage, an average is not reliable: every new tenant would start with an alert. */
const MIN_WINDOWS = 3

/** Returns the windows to average, oldest first, then the window to compare with them. */
export function costWindows(at: Temporal.Instant, windowMinutes: number): Period[] {
  return Array.from({ length: AVERAGED_WINDOWS + 1 }, (_, index) => {
    const to = at.subtract({ minutes: (AVERAGED_WINDOWS - index) * windowMinutes })
    return { from: to.subtract({ minutes: windowMinutes }), to }
  })
}

/**
 * Compares the cost of the last window with the average of the seven windows before, as a multiple rounded to four
 * decimals. The average starts at a subject's first usage and includes later windows without usage. Skips subjects
 * without an average, or with an average of 0.
 */
export function observeCostAnomaly(usage: readonly SubjectUsage[]): Observation[] {
  const windowsOf = Map.groupBy(usage, ({ tenantId }) => tenantId)
  return [...windowsOf].flatMap(([tenantId, windows]) => {
    const last = windows.find(({ range }) => range === AVERAGED_WINDOWS)
    const before = windows.filter(({ range }) => range < AVERAGED_WINDOWS)
    const averagedWindows = AVERAGED_WINDOWS - Math.min(...before.map(({ range }) => range))
    if (last === undefined || before.length === 0 || averagedWindows < MIN_WINDOWS) return []
    const average = before.reduce((sum, { cost }) => sum.plus(cost), ZERO).dividedBy(averagedWindows)
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
