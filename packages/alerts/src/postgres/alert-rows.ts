import { pageInScope, type PostgresDatabase, statementValues } from '@tollgate/postgres'
import { Decimal, type Scope, Temporal } from '@tollgate/kernel'
import type { AlertsQuery } from '../alert-store.ts'
import type { Alert, AlertDetails } from '../model/alert.ts'
import type { AlertKind, AlertScope } from '../model/alert-kind.ts'

interface AlertRow {
  id: string
  kind: AlertKind
  scope: AlertScope
  tenant_id: string | null
  raised_at: string
  recovered_at: string | null
  value: string
  threshold: string
  message: string
  details: AlertDetails
}

const COLUMNS = 'id, kind, scope, tenant_id, raised_at, recovered_at, value, threshold, message, details'

/** Reads a page of alerts, newest first. An operator's read relies on the primary key, a tenant's on the index (tenant_id, id). */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { state, kind, first, after }: AlertsQuery): Promise<readonly Alert[]> {
  const statement = statementValues()
  const { condition, order } = pageInScope(scope, statement, 'id desc')
  const conditions = [
    condition,
    ...(after === undefined ? [] : [`id < ${statement.add(after)}::uuid`]),
    ...(kind === undefined ? [] : [`kind = ${statement.add(kind)}`]),
    ...(state === undefined ? [] : [`recovered_at is ${state === 'RAISED' ? 'null' : 'not null'}`]),
  ]
  const text = `select ${COLUMNS} from alerts.alerts where ${conditions.join(' and ')} order by ${order} limit ${statement.add(first)}`
  const rows = await database.query<AlertRow>(scope, text, statement.values)
  return rows.map(toAlert)
}

/** Reads alerts by id, in no particular order. */
export async function readAlerts(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<readonly Alert[]> {
  const rows = await database.query<AlertRow>(scope, `select ${COLUMNS} from alerts.alerts where id = any ($1::uuid[])`, [ids])
  return rows.map(toAlert)
}

function toAlert(row: AlertRow): Alert {
  return {
    id: row.id,
    kind: row.kind,
    scope: row.scope,
    tenantId: row.tenant_id,
    raisedAt: Temporal.Instant.from(row.raised_at),
    recoveredAt: row.recovered_at === null ? null : Temporal.Instant.from(row.recovered_at),
    value: new Decimal(row.value),
    threshold: new Decimal(row.threshold),
    message: row.message,
    details: row.details,
  }
}
