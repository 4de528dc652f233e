import { Decimal } from '@tollgate/kernel'
import { errorCalls } from '@tollgate/usage'
import type { Observation } from '../observation.ts'
import type { SubjectUsage } from './subject-usage.ts'

/** The part of calls that did not succeed, from 0 to 1, to six digits: failures, and calls that were rate-limited. */
export function observeErrorRate(usage: readonly SubjectUsage[]): Observation[] {
  return usage.map(({ tenantId, measures }) => {
    const { calls, failures, rateLimited } = measures
    const value = new Decimal(errorCalls(measures)).dividedBy(calls).toDecimalPlaces(6)
    return { tenantId, value, calls, details: { calls, failures, rateLimited } }
  })
}
