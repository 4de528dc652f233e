import type { PostgresDatabase, PostgresTransaction } from '@tollgate/postgres'
import { Decimal, type PageRequest, type Scope, Temporal } from '@tollgate/kernel'
import type { AlertDetails, AlertEvent, AlertState, NewAlertEvent } from '../model/alert.ts'
import type { AlertKind, AlertScope } from '../model/alert-kind.ts'

/** The channel that is notified of new events. The payload is the last cursor; readers read the events from the table. */
export const ALERT_EVENTS_CHANNEL = 'tollgate_alerts'

// The update locks the cursor's row until commit, so events become visible in the order of their cursors.
const INSERT_EVENTS = `
  with taken as (
    update alerts.event_cursor set last = last + cardinality($1::uuid[]) returning last, last - cardinality($1::uuid[]) as before
  ), added as (
    insert into alerts.events (cursor, alert_id, type, kind, scope, tenant_id, occurred_at, value, threshold, message, details)
    select taken.before + position, alert_id, type, kind, scope, tenant_id, occurred_at, value, threshold, message, details::jsonb
    from taken, unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::numeric[], $8::numeric[], $9::text[], $10::text[])
      with ordinality as event (alert_id, type, kind, scope, tenant_id, occurred_at, value, threshold, message, details, position)
  )
  select before::text as before, pg_notify('${ALERT_EVENTS_CHANNEL}', last::text) from taken`

/** Inserts events in the transaction that changes their alerts, and notifies listeners when it commits. Returns the events with their cursors. */
export async function insertEvents(transaction: PostgresTransaction, events: readonly NewAlertEvent[]): Promise<readonly AlertEvent[]> {
  if (events.length === 0) return []
  const column = (read: (event: NewAlertEvent) => string | null) => events.map(read)
  const [taken] = await transaction.query<{ before: string }>(INSERT_EVENTS, [
    column(({ alertId }) => alertId),
    column(({ type }) => type),
    column(({ kind }) => kind),
    column(({ scope }) => scope),
    column(({ tenantId }) => tenantId),
    column(({ occurredAt }) => occurredAt.toString()),
    column(({ value }) => value?.toFixed() ?? null),
    column(({ threshold }) => threshold.toFixed()),
    column(({ message }) => message),
    column(({ details }) => JSON.stringify(details)),
  ])
  const before = BigInt(taken?.before ?? 0)
  return events.map((event, position) => ({ cursor: (before + BigInt(position + 1)).toString(), ...event }))
}

interface EventRow {
  cursor: string
  alert_id: string
  type: AlertState
  kind: AlertKind
  scope: AlertScope
  tenant_id: string | null
  occurred_at: string
  value: string | null
  threshold: string
  message: string
  details: AlertDetails
}

const COLUMNS = 'cursor::text as cursor, alert_id, type, kind, scope, tenant_id, occurred_at, value, threshold, message, details'

// Relies on the primary key (cursor).
const OF_ALL = `select ${COLUMNS} from alerts.events where cursor > $1::bigint order by alerts.events.cursor limit $2`
// Relies on the index (tenant_id, cursor).
const OF_TENANTS = `select ${COLUMNS} from alerts.events where tenant_id = any ($3::text[]) and cursor > $1::bigint order by alerts.events.cursor limit $2`

/** Reads events after a cursor, in the order of their cursors. */
export async function listEvents(database: PostgresDatabase, scope: Scope, { after = '0', first }: PageRequest): Promise<readonly AlertEvent[]> {
  const [text, values] = scope.kind === 'operator' ? [OF_ALL, [after, first]] : [OF_TENANTS, [after, first, scope.tenantIds]]
  const rows = await database.query<EventRow>(scope, text, values)
  return rows.map(row => ({
    cursor: row.cursor,
    alertId: row.alert_id,
    type: row.type,
    kind: row.kind,
    scope: row.scope,
    tenantId: row.tenant_id,
    occurredAt: Temporal.Instant.from(row.occurred_at),
    value: row.value === null ? null : new Decimal(row.value),
    threshold: new Decimal(row.threshold),
    message: row.message,
    details: row.details,
  }))
}
