import { type Decimal, round } from '@tollgate/kernel'
import type { UsageMeasures } from '@tollgate/usage'

/** The share of calls that did not succeed, from 0 to 1; 0 where there are no calls. */
export function errorRate({ calls, failures, rateLimited }: Pick<UsageMeasures, 'calls' | 'failures' | 'rateLimited'>): number {
  return calls === 0 ? 0 : (failures + rateLimited) / calls
}

/**
 * USD for a call, to 12 decimals. Unpriced calls are left out: counted with a cost of 0 they would make the average
 * look cheaper than it is.
 */
export function averageCostPerCall({ calls, unpricedCalls, cost }: Pick<UsageMeasures, 'calls' | 'unpricedCalls' | 'cost'>): Decimal | null {
  const known = calls - unpricedCalls
  return known === 0 ? null : round(cost.div(known), { scale: 12, mode: 'half-even' })
}
