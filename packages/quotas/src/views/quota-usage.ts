import { type Decimal, round, Temporal } from '@tollgate/kernel'
import { remainingOf } from '../decisions/answer-question.ts'
import type { CounterShown } from '../counters/counter-reading.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import type { WindowBounds } from '../windows/quota-window.ts'
import type { QuotaUsage } from '../quotas.ts'
import { firstLeavesAtMs } from '../windows/sliding-steps.ts'

/** Tells how a policy stands by what one of its counters shows. */
export function quotaUsageOf(policy: QuotaPolicy, reading: CounterShown, { toMs }: WindowBounds, nowMs: number): QuotaUsage {
  const { limit, stepMs } = policy
  return {
    policy,
    scopeValue: JSON.parse(reading.scopeValue) as (string | null)[],
    limit,
    used: reading.used,
    reserved: reading.reserved,
    remaining: remainingOf(limit, reading),
    percentage: percentageOf(reading.used, limit),
    exceeded: isExceeded(reading.used, limit),
    resetsAt: Temporal.Instant.fromEpochMilliseconds(stepMs === null ? toMs : firstLeavesAtMs(reading.steps, stepMs, nowMs)),
  }
}

/** Used of the limit, in percent, rounded down to two digits; null where it is unlimited or 0. */
export function percentageOf(used: Decimal, limit: Decimal | null): Decimal | null {
  return limit === null || limit.isZero() ? null : round(used.times(100).div(limit), { scale: 2, mode: 'down' })
}

/** Whether more was used than the limit. */
export function isExceeded(used: Decimal, limit: Decimal | null): boolean {
  return limit !== null && used.gt(limit)
}
