import { InvalidInput, type Issue, type Scope } from '@tollgate/kernel'
import type { AlertsQuery, AlertStore, LatestAlertsQuery } from './alert-store.ts'
import type { QuotaAlert } from './model/alert.ts'

const MAX_ALERTS = 1_000

/** Lists alerts after a cursor, in the order in which they became visible. Throws `InvalidInput`: cursors come from clients. */
export async function listAlerts(store: Pick<AlertStore, 'alerts'>, scope: Scope, { after, first }: AlertsQuery): Promise<readonly QuotaAlert[]> {
  checkPage('after', after, first)
  return store.alerts(scope, { after, first })
}

/** Lists alerts before a cursor, the latest first. Throws `InvalidInput`. */
export async function listLatestAlerts(
  store: Pick<AlertStore, 'latestAlerts'>,
  scope: Scope,
  { before, first }: LatestAlertsQuery,
): Promise<readonly QuotaAlert[]> {
  checkPage('before', before, first)
  return store.latestAlerts(scope, { before, first })
}

function checkPage(path: 'after' | 'before', cursor: string | undefined, first: number): void {
  const issues: Issue[] = []
  if (cursor !== undefined && !/^\d{1,18}$/.test(cursor)) issues.push({ path, message: 'must be the cursor of an alert' })
  if (!Number.isInteger(first) || first < 1 || first > MAX_ALERTS)
    issues.push({ path: 'first', message: `must be a whole number from 1 to ${MAX_ALERTS}, not ${first}` })
  if (issues.length > 0) throw new InvalidInput(issues)
}
