import type { Scope } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { LatestAlertsQuery } from '../../alert-store.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import { type AlertRow, alertOf, SELECT_ALERT } from '../tables/alerts.ts'

const LAST_CURSOR = '9223372036854775807'

// Uses the primary key (cursor).
const LATEST_OF_ALL = `select ${SELECT_ALERT} from quotas.alerts where cursor < $1::bigint order by quotas.alerts.cursor desc limit $2`

// Uses the index (tenant_id, cursor).
const LATEST_OF_TENANTS = `select ${SELECT_ALERT} from quotas.alerts where tenant_id = any ($3::text[]) and cursor < $1::bigint order by quotas.alerts.cursor desc limit $2`

/** Reads alerts before a cursor, the latest first. */
export async function listLatestAlerts(
  database: PostgresDatabase,
  scope: Scope,
  { before = LAST_CURSOR, first }: LatestAlertsQuery,
): Promise<readonly QuotaAlert[]> {
  const [text, values] = scope.kind === 'operator' ? [LATEST_OF_ALL, [before, first]] : [LATEST_OF_TENANTS, [before, first, scope.tenantIds]]
  const rows = await database.query<AlertRow>(scope, text, values)
  return rows.map(alertOf)
}
