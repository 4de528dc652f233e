import type { Scope, Temporal } from '@tollgate/kernel'
import type { Alert, AlertEvent, AlertState } from './alert.ts'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule, AlertRuleRef } from './alert-rule.ts'
import type { Observation } from './observation.ts'
import type { QuotaCrossing } from './quota-crossing.ts'

/** Keeps rules, how alerts stand, and what happened. Any number of servers may use one. */
export interface AlertStore {
  rules(): Promise<readonly StoredAlertRule[]>
  /**
   * Changes a rule by what `change` makes of it as it is now. Where that switches it off, its raised alerts recover.
   * Undefined where there is no such rule. What `change` throws is thrown, and nothing was changed.
   */
  changeRule(ref: AlertRuleRef, change: { readonly at: Temporal.Instant; readonly make: (rule: AlertRule) => AlertRule }): Promise<AlertRule | undefined>

  /**
   * Takes the alerts of a rule one step on, all in one transaction: standings, alerts, events. Each instant is evaluated
   * once: `done` where this one, or a later one, was before. `stale` where the rule is not the one that was handed in.
   */
  evaluate(
    evaluation: AlertEvaluation,
  ): Promise<{ readonly outcome: 'evaluated'; readonly events: readonly AlertEvent[] } | { readonly outcome: 'done' | 'stale' }>
  /** Notes that a rule's evaluation has begun; `evaluate` ends it, unless it says otherwise. Begun again, the first beginning stays. */
  noteBegun(ref: AlertRuleRef, at: Temporal.Instant): Promise<void>

  /** The newest first. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly Alert[]>
  alertsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Alert[]>
  /** In the order of cursors. One never becomes visible behind one that was visible before. */
  events(scope: Scope, query: AlertEventsQuery): Promise<readonly AlertEvent[]>
  /** The cursor of the last one, of any tenant; "0" where there is none. */
  lastEvent(): Promise<string>
  /** How many are raised now; kinds of which none is are left out. */
  raisedByKind(): Promise<ReadonlyMap<AlertKind, number>>

  /** The cursor of the last quota alert that was looked at; undefined before the first. */
  quotaCursor(): Promise<string | undefined>
  /** Keeps crossings, each once, with the cursor that is now the last; forgets those of before `keepFrom`. */
  keepCrossings(kept: { readonly crossings: readonly QuotaCrossing[]; readonly last: string; readonly keepFrom: Temporal.Instant }): Promise<void>
  /** How many crossings each tenant has in a stretch of time, with the last one. */
  crossings(range: { readonly from: Temporal.Instant; readonly to: Temporal.Instant }): Promise<readonly TenantCrossings[]>
}

/** A rule, and how its evaluation stands. */
export interface StoredAlertRule extends AlertRule {
  /** Counts up with every change. */
  readonly revision: string
  /** When an evaluation began that has not ended; null where none has. */
  readonly pendingSince: Temporal.Instant | null
}

/** One evaluation of one rule. */
export interface AlertEvaluation {
  /** As it was read when the observations were made. */
  readonly rule: StoredAlertRule
  readonly at: Temporal.Instant
  readonly observations: readonly Observation[]
  readonly newAlertId: () => string
  /** False where it only looks at an evaluation that has not ended: the instant stays to be evaluated. True where it is left out. */
  readonly ends?: boolean
}

/** A page of alerts. */
export interface AlertsQuery {
  readonly state?: AlertState | undefined
  readonly kind?: AlertKind | undefined
  readonly first: number
  /** The id of the last alert of the page before. */
  readonly after?: string | undefined
}

/** A page of events. */
export interface AlertEventsQuery {
  /** A cursor; left out: from the first one. */
  readonly after?: string | undefined
  readonly first: number
}

/** A tenant's crossings. */
export interface TenantCrossings {
  readonly tenantId: string
  readonly count: number
  readonly last: QuotaCrossing
}
