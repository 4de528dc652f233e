import { Temporal } from '@tollgate/kernel'
import { defineColumns, type PostgresTransaction } from '@tollgate/postgres'
import type { AttemptScheduler } from '../attempt-scheduler.ts'
import type { WebhookDelivery, WebhookDeliveryState } from '../model/webhook-delivery.ts'
import type { NewDelivery } from '../webhook-store.ts'
import { instantOrNull } from './endpoint-rows.ts'

/** Columns of a delivery. */
export const DELIVERY_COLUMNS = 'id, endpoint_id, tenant_id, type, payload, state, failure, attempts, tries, created_at, next_attempt_at, settled_at'

/** A row of `DELIVERY_COLUMNS`. */
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

/** Reads a delivery from its row. */
export function toDelivery(row: DeliveryRow): WebhookDelivery {
  return {
    id: row.id,
    endpointId: row.endpoint_id,
    tenantId: row.tenant_id,
    type: row.type,
    payload: row.payload,
    state: row.state,
    failure: row.failure,
    attemptCount: row.attempts,
    roundAttemptCount: row.tries,
    createdAt: Temporal.Instant.from(row.created_at),
    nextAttemptAt: instantOrNull(row.next_attempt_at),
    settledAt: instantOrNull(row.settled_at),
  }
}

const DELIVERY = defineColumns<Omit<NewDelivery, 'at'>>(column => [
  column('id', 'uuid', ({ id }) => id),
  column('endpoint_id', 'uuid', ({ endpointId }) => endpointId),
  column('tenant_id', 'text', ({ tenantId }) => tenantId),
  column('notice_id', 'text', ({ notificationId }) => notificationId),
  column('type', 'text', ({ type }) => type),
  column('payload', 'text', ({ payload }) => payload),
])

const INSERT = `
  insert into webhooks.deliveries (${DELIVERY.names}, created_at, next_attempt_at)
  select ${DELIVERY.names}, $1::timestamptz, $1::timestamptz from ${DELIVERY.unnestAs('delivery', 2)}
  returning ${DELIVERY_COLUMNS}`

/** Inserts deliveries and schedules their first attempts. */
export async function insertDeliveries(
  transaction: PostgresTransaction,
  { deliveries, at, scheduler }: { deliveries: readonly Omit<NewDelivery, 'at'>[]; at: Temporal.Instant; scheduler: AttemptScheduler<PostgresTransaction> },
): Promise<readonly WebhookDelivery[]> {
  const rows = await transaction.query<DeliveryRow>(INSERT, [at.toString(), ...DELIVERY.values(deliveries)])
  const inserted = rows.map(toDelivery)
  await scheduleNow(transaction, scheduler, inserted)
  return inserted
}

/** Schedules the next attempt of deliveries that are due now. */
export async function scheduleNow(
  transaction: PostgresTransaction,
  scheduler: AttemptScheduler<PostgresTransaction>,
  deliveries: readonly WebhookDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return
  const attempts = deliveries.map(({ id, endpointId, tenantId, attemptCount }) => ({
    deliveryId: id,
    attempt: attemptCount + 1,
    endpointId,
    tenantId,
    delayMs: 0,
  }))
  await scheduler.schedule(attempts, transaction)
}
