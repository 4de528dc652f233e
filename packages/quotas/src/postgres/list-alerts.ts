import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, type Scope, Temporal } from '@tollgate/kernel'
import type { QuotaAlert } from '../alerts/alert.ts'
import type { QuotaMetric } from '../policies/metric.ts'
import type { QuotaDimension } from '../policies/quota-dimension.ts'
import type { AlertsQuery } from '../quota-store.ts'
import type { QuotaWindow } from '../windows/quota-window.ts'

const COLUMNS = `cursor::text as cursor, tenant_id, policy_id, metric, operation, window_unit, window_from, window_to, scope::text as scope,
  scope_value::text as scope_value, threshold, used, quota_limit, occurred_at, sliding`

// An operator's: relies on the primary key (cursor). A tenant's: on the index (tenant_id, cursor).
const OF_ALL = `select ${COLUMNS} from quotas.alerts where cursor > $1::bigint order by quotas.alerts.cursor limit $2`
const OF_TENANTS = `select ${COLUMNS} from quotas.alerts where tenant_id = any ($3::text[]) and cursor > $1::bigint order by quotas.alerts.cursor limit $2`

interface AlertRow {
  cursor: string
  tenant_id: string
  policy_id: string
  metric: QuotaMetric
  operation: string | null
  window_unit: QuotaWindow
  window_from: string
  window_to: string
  scope: string
  scope_value: string
  threshold: string
  used: string
  quota_limit: string
  occurred_at: string
  sliding: boolean
}

/** Alerts behind a cursor, in their order. */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { after = '0', first }: AlertsQuery): Promise<readonly QuotaAlert[]> {
  const [text, values] = scope.kind === 'operator' ? [OF_ALL, [after, first]] : [OF_TENANTS, [after, first, scope.tenantIds]]
  const rows = await database.query<AlertRow>(scope, text, values)
  return rows.map(row => ({
    cursor: row.cursor,
    tenantId: row.tenant_id,
    policyId: row.policy_id,
    metric: row.metric,
    operation: row.operation,
    window: row.window_unit,
    sliding: row.sliding,
    windowFrom: Temporal.Instant.from(row.window_from),
    windowTo: Temporal.Instant.from(row.window_to),
    scope: JSON.parse(row.scope) as QuotaDimension[],
    scopeValue: JSON.parse(row.scope_value) as (string | null)[],
    threshold: new Decimal(row.threshold),
    used: new Decimal(row.used),
    limit: new Decimal(row.quota_limit),
    occurredAt: Temporal.Instant.from(row.occurred_at),
  }))
}
