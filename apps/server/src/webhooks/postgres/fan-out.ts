import type { PostgresTransaction } from '@tollgate/postgres'
import type { FanOut, NoticeToTell } from '../webhook-store.ts'
import { insertDeliveries } from './delivery-rows.ts'

// Before the first notice of a source there is no row to lock: whoever inserts it holds the others up.
const LOCK_POSITION = `
  insert into webhooks.positions as held (source, position) values ($1, '')
  on conflict (source) do update set position = held.position returning position`

// Who is told: those who were there when it happened, and are switched on. Endpoints are few: they are read from end to end.
const MATCH = `
  select notice.position::int as position, endpoint.id, endpoint.tenant_id
  from unnest($1::text[], $2::text[], $3::timestamptz[]) with ordinality as notice (type, tenant_id, occurred_at, position)
  join webhooks.endpoints endpoint
    on endpoint.enabled
   and (endpoint.types is null or notice.type = any (endpoint.types))
   and (endpoint.tenant_id is null or endpoint.tenant_id = notice.tenant_id)
   and endpoint.created_at <= notice.occurred_at
  order by notice.position, endpoint.id`

/** Makes the deliveries of a batch of notices, their jobs, and moves the position. Undefined where another was faster. */
export async function fanOut(transaction: PostgresTransaction, { source, from = '', to, notices, at, newId }: FanOut): Promise<number | undefined> {
  const [held] = await transaction.query<{ position: string }>(LOCK_POSITION, [source])
  if (held?.position !== from) return undefined
  const column = (read: (notice: NoticeToTell) => string | null) => notices.map(read)
  const matches = await transaction.query<{ position: number; id: string; tenant_id: string | null }>(MATCH, [
    column(({ type }) => type),
    column(({ tenantId }) => tenantId),
    column(({ occurredAt }) => occurredAt.toString()),
  ])
  const deliveries = matches.flatMap(({ position, id: endpointId, tenant_id: tenantId }) => {
    const notice = notices[position - 1]
    return notice === undefined ? [] : [{ id: newId(), endpointId, tenantId, noticeId: notice.id, type: notice.type, payload: notice.payload }]
  })
  if (deliveries.length > 0) await insertDeliveries(transaction, deliveries, at)
  await transaction.query('update webhooks.positions set position = $2 where source = $1', [source, to])
  return deliveries.length
}
