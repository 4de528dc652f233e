import type { PostgresTransaction } from '@tollgate/postgres'
import { Temporal } from '@tollgate/kernel'
import type { WebhookDelivery, WebhookDeliveryState } from '../webhook-delivery.ts'
import type { NewDelivery } from '../webhook-store.ts'
import { DELIVERY_ATTEMPTS, DELIVERY_JOB, deliveryGroups } from '../../features/webhooks/jobs.ts'
import { instantOrNull } from './endpoint-rows.ts'

/** The columns of a delivery. */
export const DELIVERY_COLUMNS = `id, endpoint_id, tenant_id, type, payload, state, failure, attempts, tries, created_at, next_attempt_at, settled_at`

/** A row of them. */
export interface DeliveryRow {
  id: string
  endpoint_id: string
  tenant_id: string | null
  type: string
  payload: string
  state: WebhookDeliveryState
  failure: string | null
  attempts: number
  tries: number
  created_at: string
  next_attempt_at: string | null
  settled_at: string | null
}

/** Reads a row. */
export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    tenantId: row.tenant_id,
    type: row.type,
    payload: row.payload,
    state: row.state,
    failure: row.failure,
    attempts: row.attempts,
    tries: row.tries,
    createdAt: Temporal.Instant.from(row.created_at),
    nextAttemptAt: instantOrNull(row.next_attempt_at),
    settledAt: instantOrNull(row.settled_at),
  }
}

// One job a delivery: a later one replaces it.
const ADD_JOBS = `
  select jobs.add_job('${DELIVERY_JOB}', json_build_object('deliveryId', id, 'attempt', attempt), 'webhook ' || id, array[endpoint_group, owner_group], $5::bigint, ${DELIVERY_ATTEMPTS})
  from unnest($1::uuid[], $2::int[], $3::text[], $4::text[]) as due (id, attempt, endpoint_group, owner_group)`

/** Adds the job of the next attempt of each, in the transaction that makes it due. */
export async function addDeliveryJobs(
  transaction: PostgresTransaction,
  due: readonly { readonly id: string; readonly endpointId: string; readonly tenantId: string | null; readonly attempts: number }[],
  { afterMs }: { afterMs: number },
): Promise<void> {
  if (due.length === 0) return
  const groups = due.map(({ endpointId, tenantId }) => deliveryGroups(endpointId, tenantId))
  await transaction.query(ADD_JOBS, [
    due.map(({ id }) => id),
    due.map(({ attempts }) => attempts + 1),
    groups.map(({ endpoint }) => endpoint),
    groups.map(({ owner }) => owner),
    afterMs,
  ])
}

const INSERT = `
  insert into webhooks.deliveries (id, endpoint_id, tenant_id, notice_id, type, payload, created_at, next_attempt_at)
  select id, endpoint_id, tenant_id, notice_id, type, payload, $7::timestamptz, $7::timestamptz
  from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) as delivery (id, endpoint_id, tenant_id, notice_id, type, payload)
  returning ${DELIVERY_COLUMNS}`

/** Makes deliveries, with the jobs of their first attempts. All of one time. */
export async function insertDeliveries(
  transaction: PostgresTransaction,
  deliveries: readonly Omit<NewDelivery, 'at'>[],
  at: Temporal.Instant,
): Promise<readonly WebhookDelivery[]> {
  const column = (read: (delivery: Omit<NewDelivery, 'at'>) => string | null) => deliveries.map(read)
  const rows = await transaction.query<DeliveryRow>(INSERT, [
    column(({ id }) => id),
    column(({ endpointId }) => endpointId),
    column(({ tenantId }) => tenantId),
    column(({ noticeId }) => noticeId),
    column(({ type }) => type),
    column(({ payload }) => payload),
    at.toString(),
  ])
  const made = rows.map(toDelivery)
  await addDeliveryJobs(transaction, made, { afterMs: 0 })
  return made
}
