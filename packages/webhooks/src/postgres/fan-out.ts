import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { NotificationBatch, OutgoingNotification } from '../webhook-store.ts'
import { insertDeliveries } from './delivery-rows.ts'

// Inserts the row if the source has none, because a missing row cannot be locked. Locks it until the transaction ends.
const LOCK_POSITION = `
  insert into webhooks.positions as locked (source, position) values ($1, '')
  on conflict (source) do update set position = locked.position returning position`

const NOTIFICATION = defineColumns<OutgoingNotification & { readonly index: number }>(column => [
  column('index', 'integer', ({ index }) => index),
  column('type', 'text', ({ type }) => type),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('occurred_at', 'timestamptz', ({ occurredAt }) => occurredAt),
])

// Endpoints are few: the join reads all of them.
const MATCH = `
  select notification.index, endpoint.id, endpoint.tenant_id
  from ${NOTIFICATION.unnestAs('notification', 1)}
  join webhooks.endpoints endpoint
    on endpoint.enabled
   and (endpoint.types is null or notification.type = any (endpoint.types))
   and (endpoint.tenant_id is null or endpoint.tenant_id = notification.tenant_id)
   and endpoint.created_at <= notification.occurred_at
  order by notification.index, endpoint.id`

interface MatchRow {
  index: number
  id: string
  tenant_id: string | null
}

/** Creates the deliveries of a batch, schedules them, and moves the position. Returns undefined if another server was faster. */
export async function fanOut(
  transaction: PostgresTransaction,
  { source, from = '', to, notifications, at, newId }: NotificationBatch,
  scheduler: AttemptScheduler<PostgresTransaction>,
): Promise<number | undefined> {
  const [locked] = await transaction.query<{ position: string }>(LOCK_POSITION, [source])
  if (locked?.position !== from) return undefined
  const indexed = notifications.map((notification, index) => ({ ...notification, index }))
  const matches = await transaction.query<MatchRow>(MATCH, NOTIFICATION.values(indexed))
  const deliveries = matches.flatMap(({ index, id: endpointId, tenant_id: tenantId }) => {
    const notification = notifications[index]
    if (notification === undefined) return []
    const { id: notificationId, type, payload } = notification
    return [{ id: newId(), endpointId, tenantId, notificationId, type, payload }]
  })
  if (deliveries.length > 0) await insertDeliveries(transaction, { deliveries, at, scheduler })
  await transaction.query('update webhooks.positions set position = $2 where source = $1', [source, to])
  return deliveries.length
}
