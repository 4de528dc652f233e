import { type Decimal, round } from '@tollgate/kernel'
import { averageCostPerCall, type UsageMeasures } from '@tollgate/usage'

/** Returns the average cost in USD of the calls that are not unpriced, rounded to 12 decimals; null if there are none. */
export function roundedAverageCost(measures: Pick<UsageMeasures, 'calls' | 'unpricedCalls' | 'cost'>): Decimal | null {
  const average = averageCostPerCall(measures)
  return average === null ? null : round(average, { scale: 12, mode: 'half-even' })
}
