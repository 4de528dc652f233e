import { type Encryption, OPERATOR_SCOPE, Temporal } from '@tollgate/kernel'
import { decryptText, type PostgresDatabase } from '@tollgate/postgres'
import type { PendingDelivery } from '../webhook-store.ts'
import { DELIVERY_COLUMNS, type DeliveryRow, toDelivery } from './delivery-rows.ts'
import { type EndpointRow, secretContext, toEndpoint } from './endpoint-rows.ts'

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
export async function readPendingDelivery(
  { database, encryption }: { readonly database: PostgresDatabase; readonly encryption: Encryption },
  deliveryId: string,
): Promise<PendingDelivery | undefined> {
  const [row] = await database.query<DeliveryRow & { endpoint: string }>(OPERATOR_SCOPE, PENDING_DELIVERY, [deliveryId])
  if (row === undefined) return undefined
  const endpoint = JSON.parse(row.endpoint) as SecretRow
  const { secret, old_secret: oldSecret, old_secret_until: until } = endpoint
  const decrypted = (stored: string) => decryptText(encryption, stored, secretContext(endpoint.id))
  return {
    delivery: toDelivery(row),
    endpoint: toEndpoint(endpoint),
    secret: decrypted(secret),
    oldSecret: oldSecret === null || until === null ? null : { secret: decrypted(oldSecret), until: Temporal.Instant.from(until) },
  }
}
