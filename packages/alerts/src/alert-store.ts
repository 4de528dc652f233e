import type { PageRequest, Period, Scope, Temporal } from '@tollgate/kernel'
import type { Alert, AlertEvent, AlertState } from './model/alert.ts'
import type { AlertKind } from './model/alert-kind.ts'
import type { AlertRule, AlertRuleRef } from './model/alert-rule.ts'
import type { ExceededQuota, TenantExceededQuotas } from './model/exceeded-quota.ts'
import type { Observation } from './model/observation.ts'

/** Stores rules, alerts and their events. Any number of servers may share one store. */
export interface AlertStore {
  /** Returns every rule: kinds in the order of `ALERT_KINDS`, each tenant's rule before the installation's. */
  rules(): Promise<readonly StoredAlertRule[]>
  /**
   * Replaces a rule with what `apply` returns for its current version. Disabling a rule recovers its raised alerts.
   * Returns undefined if there is no such rule. If `apply` throws, nothing changes.
   */
  changeRule(ref: AlertRuleRef, change: RuleReplacement): Promise<AlertRule | undefined>

  /**
   * Applies one evaluation to the alerts of a rule in one transaction: states, alerts and events. Each instant is
   * evaluated once. `already_evaluated`: this instant or a later one was. `rule_changed`: the rule has another revision
   * than the one handed in. In both cases nothing changes.
   */
  evaluate(
    evaluation: AlertEvaluation,
  ): Promise<{ readonly outcome: 'evaluated'; readonly events: readonly AlertEvent[] } | { readonly outcome: 'already_evaluated' | 'rule_changed' }>
  /** Records that a long evaluation of a rule has started. Keeps the first start until `evaluate` completes the evaluation. */
  recordStart(ref: AlertRuleRef, at: Temporal.Instant): Promise<void>

  /** Returns alerts, newest first. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly Alert[]>
  /** Returns the alerts with these ids that the scope sees, in no particular order. */
  alertsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Alert[]>
  /** Returns events after a cursor, in the order of their cursors. An event never becomes visible at or before a cursor that was already visible. */
  events(scope: Scope, page: PageRequest): Promise<readonly AlertEvent[]>
  /** Returns the cursor of the last event of any tenant, or "0". */
  lastEvent(): Promise<string>
  /** Counts raised alerts by kind. Omits kinds without one. */
  raisedByKind(): Promise<ReadonlyMap<AlertKind, number>>

  /** Returns the cursor of the last quota crossing that was read, or undefined. */
  quotaCursor(): Promise<string | undefined>
  /** Stores exceeded quotas, each once, and moves the cursor forward, never back. Deletes those from before `keepFrom`. */
  addExceededQuotas(batch: ExceededQuotaBatch): Promise<void>
  /** Counts the quota limits that each tenant reached in a range. Omits tenants without one. */
  exceededQuotas(range: Period): Promise<readonly TenantExceededQuotas[]>
}

/** A rule with the state of its evaluation. */
export interface StoredAlertRule extends AlertRule {
  /** Increases with every change. */
  readonly revision: string
  /** Start of an evaluation that has not completed, or null. */
  readonly pendingSince: Temporal.Instant | null
}

/** A new version of a rule. */
export interface RuleReplacement {
  readonly at: Temporal.Instant
  readonly apply: (rule: AlertRule) => AlertRule
}

/** One evaluation of one rule. */
export interface AlertEvaluation {
  /** The rule as it was when the observations were made. */
  readonly rule: StoredAlertRule
  readonly at: Temporal.Instant
  readonly observations: readonly Observation[]
  readonly newAlertId: () => string
  /** True when the evaluation has only noticed that another is overdue: the instant stays due. Defaults to false. */
  readonly interim?: boolean
}

/** Which alerts to return. */
export interface AlertsQuery extends PageRequest {
  readonly state?: AlertState | undefined
  readonly kind?: AlertKind | undefined
}

/** Exceeded quotas of one page of crossings. */
export interface ExceededQuotaBatch {
  readonly exceeded: readonly ExceededQuota[]
  /** Cursor of the last crossing of the page. */
  readonly last: string
  readonly keepFrom: Temporal.Instant
}
