import { Decimal, round, Temporal, ZERO } from '@tollgate/kernel'
import type { CounterReading, ScopedReading } from './counter-reading.ts'
import type { QuotaPolicy } from '../policies/policy.ts'
import { firstStepExpiresAtMs, slidingWindowAt } from '../limits/sliding-window.ts'
import type { WindowBounds } from '../limits/window.ts'

/** How much of one quota is used and held now. */
export interface QuotaUsage {
  readonly policy: QuotaPolicy
  /** One value for each dimension of the policy's scope. */
  readonly scopeValue: readonly (string | null)[]
  /** Null is unlimited. */
  readonly limit: Decimal | null
  readonly used: Decimal
  readonly reserved: Decimal
  /** What is left of the limit, at least 0. Null is unlimited. */
  readonly remaining: Decimal | null
  /** Used percentage of the limit, rounded down to two digits. Null if the limit is unlimited or 0. */
  readonly percentage: Decimal | null
  /** Whether more is used than the limit. */
  readonly exceeded: boolean
  /** Start of the window that is counted. */
  readonly windowFrom: Temporal.Instant
  /** When the counter starts at 0 again or, for a sliding window, when its first step stops counting. */
  readonly resetsAt: Temporal.Instant
}

/** The usage of one quota of one of several tenants. */
export interface TenantQuotaUsage extends QuotaUsage {
  readonly tenantId: string
}

/** Returns the usage of a policy's quota by the reading of its counter. */
export function quotaUsageOf(policy: QuotaPolicy, reading: ScopedReading, { fromMs, toMs }: WindowBounds, nowMs: number): QuotaUsage {
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
    windowFrom: Temporal.Instant.fromEpochMilliseconds(stepMs === null ? fromMs : slidingWindowAt(stepMs, nowMs).fromMs),
    resetsAt: Temporal.Instant.fromEpochMilliseconds(stepMs === null ? toMs : firstStepExpiresAtMs(reading.steps, stepMs, nowMs)),
  }
}

/** Returns what is left of a limit, at least 0. Null if it is unlimited. */
export function remainingOf(limit: Decimal | null, { used, reserved }: CounterReading): Decimal | null {
  return limit === null ? null : Decimal.max(ZERO, limit.minus(used).minus(reserved))
}

/** Returns the used percentage of a limit, rounded down to two digits. Null if the limit is unlimited or 0. */
export function percentageOf(used: Decimal, limit: Decimal | null): Decimal | null {
  return limit === null || limit.isZero() ? null : round(used.times(100).div(limit), { scale: 2, mode: 'down' })
}

/** Whether more was used than the limit. */
export function isExceeded(used: Decimal, limit: Decimal | null): boolean {
  return limit !== null && used.gt(limit)
}
