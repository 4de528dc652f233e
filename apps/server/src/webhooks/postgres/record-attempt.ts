import type { PostgresTransaction } from '@tollgate/postgres'
import type { AttemptResult } from '../webhook-store.ts'
import { addDeliveryJobs } from './delivery-rows.ts'

// Each attempt counts once: of two that were made at a time, by an unlucky job, the second finds that it is none any more.
const UPDATE_DELIVERY = `
  update webhooks.deliveries
  set attempts = attempts + 1, tries = tries + 1, state = $3, failure = $4, next_attempt_at = $5::timestamptz, settled_at = $6::timestamptz
  where id = $1 and attempts = $2 - 1 and state = 'PENDING'
  returning endpoint_id, tenant_id`

const INSERT_ATTEMPT = `
  insert into webhooks.attempts (delivery_id, number, tenant_id, at, status_code, error, duration_ms) values ($1, $2, $3, $4, $5, $6, $7)`

const SUCCEEDED = 'update webhooks.endpoints set failing_since = null where id = $1 and failing_since is not null'
const FAILED = `
  update webhooks.endpoints
  set failing_since = coalesce(failing_since, $2::timestamptz), enabled = enabled and $3::text is null, disabled_reason = coalesce($3, disabled_reason)
  where id = $1 and (failing_since is null or $3::text is not null)`

/** Keeps an attempt, what becomes of its delivery, how the endpoint does, and the job of the next attempt. */
export async function recordAttempt(
  transaction: PostgresTransaction,
  { deliveryId, attempt, state, failure, pauseMs, disable }: AttemptResult,
): Promise<boolean> {
  const { number, at, statusCode, error, durationMs } = attempt
  const next = pauseMs === null ? null : at.add({ milliseconds: durationMs + pauseMs }).toString()
  const settledAt = state === 'PENDING' ? null : at.toString()
  const [delivery] = await transaction.query<{ endpoint_id: string; tenant_id: string | null }>(UPDATE_DELIVERY, [
    deliveryId,
    number,
    state,
    failure,
    next,
    settledAt,
  ])
  if (delivery === undefined) return false
  const endpointId = delivery.endpoint_id
  await transaction.query(INSERT_ATTEMPT, [deliveryId, number, delivery.tenant_id, at.toString(), statusCode, error, durationMs])
  await (state === 'DELIVERED' ? transaction.query(SUCCEEDED, [endpointId]) : transaction.query(FAILED, [endpointId, at.toString(), disable]))
  if (pauseMs !== null)
    await addDeliveryJobs(transaction, [{ id: deliveryId, endpointId, tenantId: delivery.tenant_id, attempts: number }], { afterMs: pauseMs })
  return true
}
