import type { Decimal, Scope } from '@tollgate/kernel'
import type { Alert, AlertEvent } from './alert.ts'
import type { AlertKind } from './alert-kind.ts'
import type { AlertRule, AlertRuleChange, AlertRuleRef } from './alert-rule.ts'
import type { AlertEventsQuery, AlertsQuery } from './alert-store.ts'

/** Watches what tenants use, and tells when something is too much, and when it is no more. */
export interface Alerts {
  /**
   * Evaluates every rule that is due, each for the minute or hour that began last; verification has a method of its own.
   * Due is what that instant was not evaluated for, so that nothing is lost to a stop but time, and any number of servers
   * may call it as often as they like. Answers what was raised and what recovered. Where a rule cannot be evaluated, the
   * others are, and then an `AlertsNotEvaluated` is thrown.
   */
  evaluate(): Promise<readonly AlertEvent[]>
  /** Holds rollups against events, where that is due, and raises or recovers its alert. May take minutes; aborted, it throws and stays due. */
  verify(signal?: AbortSignal): Promise<readonly AlertEvent[]>

  /** Every rule, the kinds in their order. */
  rules(): Promise<readonly AlertRule[]>
  /** Changes a rule from its next evaluation on; switched off, its alerts recover. Throws `InvalidInput`, naming the field. */
  setRule(ref: AlertRuleRef, change: AlertRuleChange): Promise<AlertRule>
  /** Gives a tenant a threshold of its own, or with null the rule's again. Throws `InvalidInput`. */
  setTenantThreshold(request: { kind: AlertKind; tenantId: string; threshold: Decimal | null }): Promise<AlertRule>

  /** The newest first. Throws `InvalidInput` for the page. */
  alerts(scope: Scope, query: AlertsQuery): Promise<{ alerts: readonly Alert[]; hasMore: boolean }>
  alertsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Alert[]>
  /** Raises and recoveries in the order in which they became visible. Throws `InvalidInput` for the page. */
  events(scope: Scope, query: AlertEventsQuery): Promise<{ events: readonly AlertEvent[]; hasMore: boolean }>
  /** The cursor of the last event that is visible, of any tenant; "0" where there is none. Whoever follows from now on begins behind it. */
  lastEvent(): Promise<string>
  /** How many are raised now, of each kind. */
  raisedByKind(): Promise<ReadonlyMap<AlertKind, number>>
}
