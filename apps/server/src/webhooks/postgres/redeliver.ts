import type { PostgresTransaction } from '@tollgate/postgres'
import type { WebhookDelivery } from '../webhook-delivery.ts'
import type { RedeliverQuery } from '../webhook-store.ts'
import { addDeliveryJobs, DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-rows.ts'
import { tenantsOf } from './endpoint-rows.ts'

const BY_ID = `select id from webhooks.deliveries where id = $3 and ($1::text[] is null or tenant_id = any ($1)) for update`
// Relies on the index (endpoint_id, state, id).
const BY_RANGE = `
  select id from webhooks.deliveries
  where endpoint_id = $3 and state = 'FAILED' and created_at >= $4 and created_at < $5 and ($1::text[] is null or tenant_id = any ($1))
  order by id limit $6 for update`

const renew = (chosen: string) => `
  with chosen as (${chosen})
  update webhooks.deliveries set state = 'PENDING', failure = null, tries = 0, next_attempt_at = $2::timestamptz, settled_at = null
  where id in (select id from chosen) returning ${DELIVERY_COLUMNS}`

/** Makes deliveries due now, with their jobs. */
export async function redeliver(transaction: PostgresTransaction, which: RedeliverQuery): Promise<readonly WebhookDelivery[]> {
  const common = [tenantsOf(transaction.scope), which.at.toString()]
  const rows =
    'deliveryId' in which
      ? await transaction.query<DeliveryRow>(renew(BY_ID), [...common, which.deliveryId])
      : await transaction.query<DeliveryRow>(renew(BY_RANGE), [...common, which.endpointId, which.from.toString(), which.to.toString(), which.most])
  const due = rows.map(toDelivery)
  await addDeliveryJobs(transaction, due, { afterMs: 0 })
  return due
}
