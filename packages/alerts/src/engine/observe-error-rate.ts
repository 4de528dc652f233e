import { Decimal } from '@tollgate/kernel'
import type { Observation } from '../model/observation.ts'
import type { SubjectUsage } from '../model/subject-usage.ts'

/** Computes the fraction of calls that failed or were rate-limited: 0 to 1, rounded to six decimals. */
export function observeErrorRate(usage: readonly SubjectUsage[]): Observation[] {
  return usage.map(({ tenantId, calls, failures, rateLimited }) => {
    const value = new Decimal(failures + rateLimited).dividedBy(calls).toDecimalPlaces(6)
    return { tenantId, value, calls, details: { calls, failures, rateLimited } }
  })
}
