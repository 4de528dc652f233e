import { Decimal, type PageRequest, type Scope, Temporal } from '@tollgate/kernel'
import { defineColumns, pageInScope, type PostgresDatabase, type PostgresTransaction, statementValues } from '@tollgate/postgres'
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

/** Reads events after a cursor, in the order of their cursors. An operator's read relies on the primary key, a tenant's on the index (tenant_id, cursor). */
export async function listEvents(database: PostgresDatabase, scope: Scope, { after = '0', first }: PageRequest): Promise<readonly AlertEvent[]> {
  const statement = statementValues()
  const { condition, order } = pageInScope(scope, statement, 'alerts.events.cursor asc')
  const text = `
    select cursor::text as cursor, ${EVENT.names} from alerts.events
    where ${condition} and cursor > ${statement.add(after)}::bigint order by ${order} limit ${statement.add(first)}`
  const rows = await database.query<EventRow>(scope, text, statement.values)
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
