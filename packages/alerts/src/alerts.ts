import type { Page, PageRequest, Scope } from '@tollgate/kernel'
import type { AmountInput } from '@tollgate/kernel/input'
import type { AlertsQuery } from './alert-store.ts'
import type { Alert, AlertEvent } from './model/alert.ts'
import type { AlertKind } from './model/alert-kind.ts'
import type { AlertRule, AlertRuleChange, AlertRuleRef } from './model/alert-rule.ts'

/** Evaluates rules over usage, and keeps the alerts that they raise. */
export interface Alerts {
  /**
   * Evaluates every rule that is due, except verification: each for the current minute or hour, unless that instant was
   * evaluated already. Any number of servers may call it at any time. Returns what was raised and what recovered. If
   * rules fail, the others are still evaluated, then `AlertsNotEvaluated` is thrown.
   */
  evaluate(): Promise<readonly AlertEvent[]>
  /** Verifies rollups if due, and raises or recovers the alert for them. May take minutes. If aborted, it throws and stays due. */
  verify(signal?: AbortSignal): Promise<readonly AlertEvent[]>

  /** Returns every rule, in the order of kinds. */
  rules(): Promise<readonly AlertRule[]>
  /** Changes a rule from its next evaluation on. Disabling a rule recovers its alerts. Throws `InvalidInput`. */
  setRule(ref: AlertRuleRef, change: AlertRuleChange): Promise<AlertRule>
  /** Sets a threshold for one tenant, or with null, restores the rule's. Throws `InvalidInput`. */
  setTenantThreshold(request: TenantThresholdRequest): Promise<AlertRule>

  /** Returns alerts, newest first. Throws `InvalidInput` for the page. */
  alerts(scope: Scope, query: AlertsQuery): Promise<Page<Alert>>
  alertsByIds(scope: Scope, ids: readonly string[]): Promise<readonly Alert[]>
  /** Returns events in the order in which they became visible. Throws `InvalidInput` for the page. */
  events(scope: Scope, page: PageRequest): Promise<Page<AlertEvent>>
  /** Returns the cursor of the last visible event of any tenant, or "0". Start here to follow only new events. */
  lastEvent(): Promise<string>
  /** Counts raised alerts by kind. */
  raisedByKind(): Promise<ReadonlyMap<AlertKind, number>>
}

/** A threshold to set for one tenant. */
export interface TenantThresholdRequest {
  readonly kind: AlertKind
  readonly tenantId: string
  readonly threshold: AmountInput | null
}
