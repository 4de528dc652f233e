import type { Scope } from '@tollgate/kernel'
import type { QuotaAlert } from './model/alert.ts'

/** Reads alerts. The scope of a customer has those of the customer's own limits. */
export interface AlertStore {
  /** Returns alerts after a cursor, in the order of cursors. A new alert always has a higher cursor than every visible one. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly QuotaAlert[]>
  /** Returns alerts before a cursor, the latest first. */
  latestAlerts(scope: Scope, query: LatestAlertsQuery): Promise<readonly QuotaAlert[]>
  /** Returns the cursor of the last visible alert of all tenants. "0" if there is none. */
  lastAlertCursor(): Promise<string>
}

/** A page of alerts. */
export interface AlertsQuery {
  /** Return alerts after this cursor. Defaults to the first alert. */
  readonly after?: string | undefined
  readonly first: number
}

/** A page of alerts, the latest first. */
export interface LatestAlertsQuery {
  /** Return alerts before this cursor. Defaults to the last alert. */
  readonly before?: string | undefined
  readonly first: number
}
