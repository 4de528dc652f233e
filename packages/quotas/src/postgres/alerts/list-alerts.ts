import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { AlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'

// Uses the primary key (cursor).
const ALERTS_OF_ALL = `select ${SELECT_ALERT} from quotas.alerts where cursor > $1::bigint order by quotas.alerts.cursor limit $2`

// Uses the index (tenant_id, cursor).
const ALERTS_OF_TENANTS = `select ${SELECT_ALERT} from quotas.alerts where tenant_id = any ($3::text[]) and cursor > $1::bigint order by quotas.alerts.cursor limit $2`

/** Reads alerts after a cursor, in order. */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { after = '0', first }: AlertsQuery): Promise<readonly QuotaAlert[]> {
  const [text, values] = scope.kind === 'operator' ? [ALERTS_OF_ALL, [after, first]] : [ALERTS_OF_TENANTS, [after, first, scope.tenantIds]]
  const rows = await database.query<AlertRow>(scope, text, values)
  return rows.map(alertOf)
}
