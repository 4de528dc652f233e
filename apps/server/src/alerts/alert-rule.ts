import type { Decimal, Temporal } from '@tollgate/kernel'
import type { AlertKind, AlertScope } from './alert-kind.ts'

/** Which rule is meant: there is one of each kind and scope that make sense together. */
export interface AlertRuleRef {
  readonly kind: AlertKind
  readonly scope: AlertScope
}

/** When to raise an alert, and when it has recovered. */
export interface AlertRule extends AlertRuleRef {
  readonly enabled: boolean
  /** Above it is too much. LATENCY_P99: milliseconds. ERROR_RATE: from 0 to 1. COST_ANOMALY: times the average. The others: how many. */
  readonly threshold: Decimal
  /** From 0 to 1. At or below this part of the threshold is calm; between the two, an alert stays as it is. */
  readonly recoverRatio: Decimal
  /** How far back from its instant an evaluation looks. */
  readonly windowMinutes: number
  /** Fewer raise nothing; null for kinds that do not look at calls. */
  readonly minimumCalls: number | null
  /** Evaluations in a row above the threshold that raise an alert. */
  readonly raiseAfter: number
  /** Calm evaluations in a row after which it has recovered. */
  readonly recoverAfter: number
  /** Thresholds of single tenants, in place of `threshold`; of rules for each tenant only. */
  readonly tenantThresholds: readonly TenantThreshold[]
  /** When it was changed last; null where it is as it was shipped. */
  readonly changedAt: Temporal.Instant | null
  /** The instant of the last evaluation; null where there was none. */
  readonly evaluatedAt: Temporal.Instant | null
}

/** A threshold of one tenant's own. */
export interface TenantThreshold {
  readonly tenantId: string
  readonly threshold: Decimal
}

/** What an operator changes of a rule; what is left out, or null, stays. */
export interface AlertRuleChange {
  readonly enabled?: boolean | null | undefined
  readonly threshold?: Decimal | null | undefined
  readonly recoverRatio?: Decimal | null | undefined
  readonly windowMinutes?: number | null | undefined
  readonly minimumCalls?: number | null | undefined
  readonly raiseAfter?: number | null | undefined
  readonly recoverAfter?: number | null | undefined
}
