import type { PostgresDatabase } from '@tollgate/postgres'
import { Decimal, type Scope, Temporal } from '@tollgate/kernel'
import type { Alert, AlertDetails } from '../alert.ts'
import type { AlertKind, AlertScope } from '../alert-kind.ts'
import type { AlertsQuery } from '../alert-store.ts'

/** A row of `alerts.alerts`. */
export interface AlertRow {
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

/** The newest first. An operator's relies on the primary key; a tenant's, on the index (tenant_id, id). */
export async function listAlerts(database: PostgresDatabase, scope: Scope, { state, kind, first, after }: AlertsQuery): Promise<readonly Alert[]> {
  const values: unknown[] = [first]
  const value = (of: unknown) => `$${values.push(of)}`
  const conditions = [
    ...(scope.kind === 'operator' ? [] : [`tenant_id = any (${value(scope.tenantIds)}::text[])`]),
    ...(after === undefined ? [] : [`id < ${value(after)}::uuid`]),
    ...(kind === undefined ? [] : [`kind = ${value(kind)}`]),
    ...(state === undefined ? [] : [`recovered_at is ${state === 'RAISED' ? 'null' : 'not null'}`]),
  ]
  const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`
  const rows = await database.query<AlertRow>(scope, `select ${COLUMNS} from alerts.alerts ${where} order by id desc limit $1`, values)
  return rows.map(toAlert)
}

/** In no particular order. */
export async function alertsByIds(database: PostgresDatabase, scope: Scope, ids: readonly string[]): Promise<readonly Alert[]> {
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
