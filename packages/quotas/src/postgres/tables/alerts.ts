import { Decimal, Temporal } from '@tollgate/kernel'
import { defineColumns } from '@tollgate/postgres'
import type { RaisedAlert } from '../../engine/state/quota-state.ts'
import type { QuotaAlert } from '../../model/alert.ts'
import type { QuotaDimension } from '../../model/limits/dimension.ts'
import type { QuotaMetric } from '../../model/limits/metric.ts'
import type { QuotaWindow } from '../../model/limits/window.ts'

/** The columns of `quotas.alerts`, except the cursor. */
export const ALERT_COLUMNS = defineColumns<RaisedAlert>(column => [
  column('counter_id', 'uuid', ({ counterKey }) => counterKey),
  column('tenant_id', 'text', ({ alert }) => alert.tenantId),
  column('policy_id', 'text', ({ alert }) => alert.policyId),
  column('metric', 'text', ({ alert }) => alert.metric),
  column('operation', 'text', ({ alert }) => alert.operation),
  column('window_unit', 'text', ({ alert }) => alert.window),
  column('window_from', 'timestamptz', ({ alert }) => alert.windowFrom),
  column('window_to', 'timestamptz', ({ alert }) => alert.windowTo),
  column('scope', 'jsonb', ({ alert }) => alert.scope),
  column('scope_value', 'jsonb', ({ alert }) => alert.scopeValue),
  column('threshold', 'numeric', ({ alert }) => alert.threshold),
  column('used', 'numeric', ({ alert }) => alert.used),
  column('quota_limit', 'numeric', ({ alert }) => alert.limit),
  column('occurred_at', 'timestamptz', ({ alert }) => alert.occurredAt),
  column('sliding', 'boolean', ({ alert }) => alert.sliding),
])

/** The select list of `AlertRow`. */
export const SELECT_ALERT = `cursor::text as cursor, tenant_id, policy_id, metric, operation, window_unit, window_from, window_to, scope::text as scope,
  scope_value::text as scope_value, threshold, used, quota_limit, occurred_at, sliding`

/** A row of `quotas.alerts`. */
export interface AlertRow {
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

/** Returns the alert of a row. */
export function alertOf(row: AlertRow): QuotaAlert {
  return {
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
  }
}
