import type { PostgresTransaction } from '@tollgate/postgres'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { WebhookDelivery } from '../model/webhook-delivery.ts'
import type { RedeliverQuery } from '../webhook-store.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, scheduleNow, toDelivery } from './delivery-rows.ts'
import { IN_SCOPE, tenantsOf } from './endpoint-rows.ts'

const BY_ID = `select id from webhooks.deliveries where id = $3 and ${IN_SCOPE} for update`
// Relies on the index `deliveries_by_state` (endpoint_id, state, id).
const BY_RANGE = `
  select id from webhooks.deliveries
  where endpoint_id = $3 and state = 'FAILED' and created_at >= $4 and created_at < $5 and ${IN_SCOPE}
  order by id limit $6 for update`

const restart = (selected: string) => `
  with selected as (${selected})
  update webhooks.deliveries set state = 'PENDING', failure = null, tries = 0, next_attempt_at = $2::timestamptz, settled_at = null
  where id in (select id from selected) returning ${DELIVERY_COLUMNS}`

/** Makes deliveries pending and schedules an attempt of each now. */
export async function redeliver(
  transaction: PostgresTransaction,
  query: RedeliverQuery,
  scheduler: AttemptScheduler<PostgresTransaction>,
): Promise<readonly WebhookDelivery[]> {
  const values = [tenantsOf(transaction.scope), query.at.toString()]
  const rows =
    'deliveryId' in query
      ? await transaction.query<DeliveryRow>(restart(BY_ID), [...values, query.deliveryId])
      : await transaction.query<DeliveryRow>(restart(BY_RANGE), [...values, query.endpointId, query.from.toString(), query.to.toString(), query.max])
  const deliveries = rows.map(toDelivery)
  await scheduleNow(transaction, scheduler, deliveries)
  return deliveries
}
