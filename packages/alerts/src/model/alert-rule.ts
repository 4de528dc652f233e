import type { Decimal, Temporal } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import type { AlertKind, AlertScope } from './alert-kind.ts'

/** Identifies a rule. Rules are fixed: one for each combination of kind and scope that makes sense. */
export interface AlertRuleRef {
  readonly kind: AlertKind
  readonly scope: AlertScope
}

/** When to raise an alert, and when it recovers. */
export interface AlertRule extends AlertRuleRef {
  readonly enabled: boolean
  /**
   * A value above it counts towards raising. LATENCY_P99: milliseconds. ERROR_RATE: 0 to 1. COST_ANOMALY: a multiple of
   * the average. QUOTA_EXCEEDED and VERIFICATION_FAILED: a count.
   */
  readonly threshold: Decimal
  /** 0 to 1. A value at or below `threshold × recoverRatio` counts towards recovery. Values in between change nothing. */
  readonly recoverRatio: Decimal
  /** How far back an evaluation looks. */
  readonly windowMinutes: number
  /** Fewer calls in the window never raise an alert. Null for kinds that do not measure calls. */
  readonly minimumCalls: number | null
  /** Consecutive evaluations above the threshold that raise an alert. */
  readonly raiseAfter: number
  /** Consecutive evaluations at or below the recovery level after which an alert recovers. */
  readonly recoverAfter: number
  /** Thresholds of individual tenants, which replace `threshold` for them. Empty for rules of the whole installation. */
  readonly tenantThresholds: readonly TenantThreshold[]
  /** Time of the last change. Null for a rule that still has its default values. */
  readonly changedAt: Temporal.Instant | null
  /** Instant of the last evaluation. Null before the first. */
  readonly evaluatedAt: Temporal.Instant | null
}

/** A threshold for one tenant, which replaces the threshold of the rule. */
export interface TenantThreshold {
  readonly tenantId: string
  readonly threshold: Decimal
}

/** A change to a rule. Omitted and null fields stay as they are. */
export interface AlertRuleChange {
  readonly enabled?: boolean | null | undefined
  readonly threshold?: AmountInput | null | undefined
  readonly recoverRatio?: AmountInput | null | undefined
  readonly windowMinutes?: number | null | undefined
  readonly minimumCalls?: number | null | undefined
  readonly raiseAfter?: number | null | undefined
  readonly recoverAfter?: number | null | undefined
}
