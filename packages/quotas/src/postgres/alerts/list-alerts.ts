import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { AlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'
import { ofScope, statementsByScope } from './of-scope.ts'

const ALERTS = statementsByScope(
  'asc',
  (condition, order) => `select ${SELECT_ALERT} from quotas.alerts where ${condition} and cursor > $1::bigint order by ${order} limit $2`,
)

/** Reads alerts after a cursor, in order. */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { after = '0', first }: AlertsQuery): Promise<readonly QuotaAlert[]> {
  const rows = await database.query<AlertRow>(scope, ...ofScope(ALERTS, scope, [after, first]))
  return rows.map(alertOf)
}
