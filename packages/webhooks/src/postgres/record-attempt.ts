import type { PostgresTransaction } from '@tollgate/postgres'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { AttemptResult } from '../webhook-store.ts'

// Each attempt counts once: if two workers made the same one, the second finds another number of attempts.
const UPDATE_DELIVERY = `
  update webhooks.deliveries
  set attempts = attempts + 1, tries = tries + 1, state = $3, failure = $4, next_attempt_at = $5::timestamptz, settled_at = $6::timestamptz
  where id = $1 and attempts = $2 - 1 and state = 'PENDING'
  returning endpoint_id, tenant_id`

const INSERT_ATTEMPT = `
  insert into webhooks.attempts (delivery_id, number, tenant_id, at, status_code, error, duration_ms) values ($1, $2, $3, $4, $5, $6, $7)`

const RECORD_SUCCESS = 'update webhooks.endpoints set failing_since = null where id = $1 and failing_since is not null'
const RECORD_FAILURE = `
  update webhooks.endpoints
  set failing_since = coalesce(failing_since, $2::timestamptz), enabled = enabled and $3::text is null, disabled_reason = coalesce($3, disabled_reason)
  where id = $1 and (failing_since is null or $3::text is not null)`

/** Records an attempt, its effect on the delivery and the endpoint, and schedules the next attempt. */
export async function recordAttempt(
  transaction: PostgresTransaction,
  { deliveryId, attempt, state, failure, retryAfterMs, disable }: AttemptResult,
  scheduler: AttemptScheduler<PostgresTransaction>,
): Promise<boolean> {
  const { number, at, statusCode, error, durationMs } = attempt
  const nextAttemptAt = retryAfterMs === null ? null : at.add({ milliseconds: durationMs + retryAfterMs }).toString()
  const settledAt = state === 'PENDING' ? null : at.toString()
  const [delivery] = await transaction.query<{ endpoint_id: string; tenant_id: string | null }>(UPDATE_DELIVERY, [
    deliveryId,
    number,
    state,
    failure,
    nextAttemptAt,
    settledAt,
  ])
  if (delivery === undefined) return false
  const { endpoint_id: endpointId, tenant_id: tenantId } = delivery
  await transaction.query(INSERT_ATTEMPT, [deliveryId, number, tenantId, at.toString(), statusCode, error, durationMs])
  await (state === 'DELIVERED' ? transaction.query(RECORD_SUCCESS, [endpointId]) : transaction.query(RECORD_FAILURE, [endpointId, at.toString(), disable]))
  if (retryAfterMs !== null) await scheduler.schedule([{ deliveryId, attempt: number + 1, endpointId, tenantId, delayMs: retryAfterMs }], transaction)
  return true
}
