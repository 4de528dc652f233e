import { type Scope, Temporal } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { WebhookAttempt } from '../model/webhook-delivery.ts'
import { IN_SCOPE, tenantsOf } from './endpoint-rows.ts'

// Relies on the primary key (delivery_id, number).
const ATTEMPTS = `
  select attempt.* from unnest($2::uuid[]) as delivery (id)
  cross join lateral (
    select delivery_id, number, at, status_code, error, duration_ms from webhooks.attempts
    where ${IN_SCOPE} and delivery_id = delivery.id order by number desc limit $3) as attempt`

interface AttemptRow {
  delivery_id: string
  number: number
  at: string
  status_code: number | null
  error: string | null
  duration_ms: number
}

/** Reads the last attempts of each delivery, latest first, in the order of the ids. */
export async function readAttempts(
  database: PostgresDatabase,
  scope: Scope,
  { deliveryIds, first }: { deliveryIds: readonly string[]; first: number },
): Promise<readonly (readonly WebhookAttempt[])[]> {
  const rows = await database.query<AttemptRow>(scope, ATTEMPTS, [tenantsOf(scope), deliveryIds, first])
  const byDelivery = Map.groupBy(rows, ({ delivery_id }) => delivery_id)
  return deliveryIds.map(id => (byDelivery.get(id) ?? []).map(toAttempt).toSorted((a, b) => b.number - a.number))
}

function toAttempt({ number, at, status_code: statusCode, error, duration_ms: durationMs }: AttemptRow): WebhookAttempt {
  return { number, at: Temporal.Instant.from(at), statusCode, error, durationMs }
}
