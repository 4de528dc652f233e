import { Decimal, type PageRequest, type Scope, Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresDatabase, type PostgresTransaction } from '@tollgate/postgres'
import type { AlertDetails, AlertEvent, AlertState, NewAlertEvent } from '../model/alert.ts'
import type { AlertKind, AlertScope } from '../model/alert-kind.ts'

/** The channel that is notified of new events. The payload is the last cursor; readers read the events from the table. */
export const ALERT_EVENTS_CHANNEL = 'tollgate_alerts'

const EVENT = defineColumns<NewAlertEvent>(column => [
  column('alert_id', 'uuid', ({ alertId }) => alertId),
  column('type', 'text', ({ type }) => type),
  column('kind', 'text', ({ kind }) => kind),
  column('scope', 'text', ({ scope }) => scope),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt),
  column('value', 'numeric', ({ value }) => value),
  column('threshold', 'numeric', ({ threshold }) => threshold),
  column('message', 'text', ({ message }) => message),
  column('details', 'jsonb', ({ details }) => details),
])

const POSITIONED_EVENT = defineColumns<NewAlertEvent & { readonly position: number }>(column => [
  column('position', 'integer', ({ position }) => position),
  ...EVENT.list,
])

// The update locks the cursor's row until commit, so events become visible in the order of their cursors.
const INSERT_EVENTS = `
  with taken as (
    update alerts.event_cursor set last = last + $1 returning last, last - $1 as before
  ), added as (
    insert into alerts.events (cursor, ${EVENT.names})
    select taken.before + position, ${EVENT.names} from taken, ${POSITIONED_EVENT.unnestAs('event', 2)}
  )
  select before::text as before, pg_notify('${ALERT_EVENTS_CHANNEL}', last::text) from taken`

/** Inserts events in the transaction that changes their alerts, and notifies listeners when it commits. Returns the events with their cursors. */
export async function insertEvents(transaction: PostgresTransaction, events: readonly NewAlertEvent[]): Promise<readonly AlertEvent[]> {
  if (events.length === 0) return []
  const positioned = events.map((event, index) => ({ ...event, position: index + 1 }))
  const [taken] = await transaction.query<{ before: string }>(INSERT_EVENTS, [events.length, ...POSITIONED_EVENT.values(positioned)])
  const before = BigInt(taken?.before ?? 0)
  return events.map((event, index) => ({ cursor: (before + BigInt(index + 1)).toString(), ...event }))
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

// Relies on the primary key (cursor).
const OF_ALL = `select cursor::text as cursor, ${EVENT.names} from alerts.events where cursor > $1::bigint order by alerts.events.cursor limit $2`
// Relies on the index `events_of_tenants` (tenant_id, cursor).
const OF_TENANTS = `
  select cursor::text as cursor, ${EVENT.names} from alerts.events
  where tenant_id = any ($3::text[]) and cursor > $1::bigint order by alerts.events.cursor limit $2`

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
