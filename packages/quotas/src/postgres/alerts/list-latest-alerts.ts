import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { LatestAlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'
import { ofScope, type StatementsByScope } from './of-scope.ts'

const LAST_CURSOR = '9223372036854775807'

const BEFORE = 'cursor < $1::bigint order by quotas.alerts.cursor desc limit $2'

/** The latest alerts before a cursor. */
export const LATEST_ALERTS: StatementsByScope = {
  // Uses the primary key (cursor).
  ofAll: `select ${SELECT_ALERT} from quotas.alerts where ${BEFORE}`,
  // Uses the index (tenant_id, cursor).
  ofTenants: `select ${SELECT_ALERT} from quotas.alerts where tenant_id = any ($3::text[]) and ${BEFORE}`,
  // Uses alerts_of_customers.
  ofCustomer: `select ${SELECT_ALERT} from quotas.alerts where tenant_id = $3 and customer_id = $4 and ${BEFORE}`,
}

/** Reads alerts before a cursor, the latest first. */
export async function listLatestAlerts(
  database: PostgresDatabase,
  scope: Scope,
  { before = LAST_CURSOR, first }: LatestAlertsQuery,
): Promise<readonly QuotaAlert[]> {
  const rows = await database.query<AlertRow>(scope, ...ofScope(LATEST_ALERTS, scope, [before, first]))
  return rows.map(alertOf)
}
