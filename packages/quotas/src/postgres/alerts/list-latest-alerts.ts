import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { LatestAlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'
import { ofScope, statementsByScope } from './of-scope.ts'

const LAST_CURSOR = '9223372036854775807'

/** The latest alerts before a cursor. */
export const LATEST_ALERTS = statementsByScope(
  'desc',
  (condition, order) => `select ${SELECT_ALERT} from quotas.alerts where ${condition} and cursor < $1::bigint order by ${order} limit $2`,
)

/** Reads alerts before a cursor, the latest first. */
export async function listLatestAlerts(
  database: PostgresDatabase,
  scope: Scope,
  { before = LAST_CURSOR, first }: LatestAlertsQuery,
): Promise<readonly QuotaAlert[]> {
  const rows = await database.query<AlertRow>(scope, ...ofScope(LATEST_ALERTS, scope, [before, first]))
  return rows.map(alertOf)
}
