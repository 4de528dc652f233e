import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { AlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'
import { ofScope, type StatementsByScope } from './of-scope.ts'

const AFTER = 'cursor > $1::bigint order by quotas.alerts.cursor limit $2'

const ALERTS: StatementsByScope = {
  // Uses the primary key (cursor).
  ofAll: `select ${SELECT_ALERT} from quotas.alerts where ${AFTER}`,
  // Uses the index (tenant_id, cursor).
  ofTenants: `select ${SELECT_ALERT} from quotas.alerts where tenant_id = any ($3::text[]) and ${AFTER}`,
  // Uses alerts_of_customers.
  ofCustomer: `select ${SELECT_ALERT} from quotas.alerts where tenant_id = $3 and customer_id = $4 and ${AFTER}`,
}

/** Reads alerts after a cursor, in order. */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { after = '0', first }: AlertsQuery): Promise<readonly QuotaAlert[]> {
  const rows = await database.query<AlertRow>(scope, ...ofScope(ALERTS, scope, [after, first]))
  return rows.map(alertOf)
}
