import { OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { PendingDelivery } from '../webhook-store.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-rows.ts'
import { type EndpointRow, toEndpoint } from './endpoint-rows.ts'

const PENDING_DELIVERY = `
  select ${DELIVERY_COLUMNS}, endpoint from (
    select delivery.*, to_jsonb(endpoint)::text as endpoint
    from webhooks.deliveries delivery join webhooks.endpoints endpoint on endpoint.id = delivery.endpoint_id
    where delivery.id = $1 and delivery.state = 'PENDING') as pending`

interface SecretRow extends EndpointRow {
  secret: string
  old_secret: string | null
  old_secret_until: string | null
}

/** Reads a pending delivery with its endpoint and secrets. */
export async function readPendingDelivery(database: PostgresDatabase, deliveryId: string): Promise<PendingDelivery | undefined> {
  const [row] = await database.query<DeliveryRow & { endpoint: string }>(OPERATOR_SCOPE, PENDING_DELIVERY, [deliveryId])
  if (row === undefined) return undefined
  const endpoint = JSON.parse(row.endpoint) as SecretRow
  const { secret, old_secret: oldSecret, old_secret_until: until } = endpoint
  return {
    delivery: toDelivery(row),
    endpoint: toEndpoint(endpoint),
    secret,
    oldSecret: oldSecret === null || until === null ? null : { secret: oldSecret, until: Temporal.Instant.from(until) },
  }
}
