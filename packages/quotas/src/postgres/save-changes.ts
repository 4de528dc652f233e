import type { PostgresTransaction, PreparedStatement } from '@tollgate/postgres'
import { NEAR_LIMIT_PERCENT } from '../views/list-near-limits.ts'
import type { CounterState, QuotaState, ReservationRecord } from '../counters/quota-state.ts'
import { uselessAtMs } from '../windows/sliding-steps.ts'
import { instantOf } from './columns.ts'
import { leaseRecall, RECALL } from './lease-recalls.ts'
import { insertAlerts } from './insert-alerts.ts'
import { storedAmounts } from './reservation-row.ts'
import type { KeyedHold, StateChanges } from './snapshot-state.ts'
import { storedSteps } from './stored-steps.ts'

/** Whether half of the limit or more was used. */
function isNear(used: string, limit: string): string {
  return `coalesce(${used} > 0 and ${used} * 100 >= ${limit} * ${NEAR_LIMIT_PERCENT}, false)`
}

// All of them rely on primary keys, and on the locks that `loadState` took: nobody else changes these rows now.
export const UPDATE_USED: PreparedStatement = {
  name: 'quotas_update_used',
  text: `
  update quotas.counters as counter set used = changed.used, near_limit = ${isNear('changed.used', 'counter.quota_limit')}
  from unnest($1::uuid[], $2::numeric[]) as changed (id, used)
  where counter.id = changed.id`,
}

export const UPDATE_COUNTERS: PreparedStatement = {
  name: 'quotas_update_counters',
  text: `
  update quotas.counters as counter
  set used = changed.used, reserved = changed.reserved, raised = changed.raised::jsonb, quota_limit = changed.quota_limit, near_limit = ${isNear('changed.used', 'changed.quota_limit')},
    leased = changed.leased, recalled = changed.recalled
  from unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::text[], $5::numeric[], $6::numeric[], $7::boolean[])
    as changed (id, used, reserved, raised, quota_limit, leased, recalled)
  where counter.id = changed.id`,
}

const UPDATE_SLIDING_COUNTERS: PreparedStatement = {
  name: 'quotas_update_sliding_counters',
  text: `
  update quotas.counters as counter
  set used = changed.used, reserved = changed.reserved, raised = changed.raised::jsonb, quota_limit = changed.quota_limit, near_limit = ${isNear('changed.used', 'changed.quota_limit')},
    step_seconds = changed.step_seconds, steps = changed.steps::jsonb, window_to = changed.window_to
  from unnest($1::uuid[], $2::numeric[], $3::numeric[], $4::text[], $5::numeric[], $6::integer[], $7::text[], $8::timestamptz[])
    as changed (id, used, reserved, raised, quota_limit, step_seconds, steps, window_to)
  where counter.id = changed.id`,
}

const INSERT_RESERVATIONS: PreparedStatement = {
  name: 'quotas_insert_reservations',
  text: `
  insert into quotas.reservations (id, tenant_id, made_at, expires_at, closed, dimensions, amounts, counter_ids)
  select id, tenant_id, made_at, expires_at, closed, dimensions::jsonb, amounts::jsonb, counter_ids::uuid[]
  from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::text[], $6::text[], $7::text[], $8::text[])
    as made (id, tenant_id, made_at, expires_at, closed, dimensions, amounts, counter_ids)`,
}

const UPDATE_RESERVATIONS: PreparedStatement = {
  name: 'quotas_update_reservations',
  text: `
  update quotas.reservations as reservation set expires_at = changed.expires_at, closed = changed.closed
  from unnest($1::uuid[], $2::timestamptz[], $3::text[]) as changed (id, expires_at, closed)
  where reservation.id = changed.id`,
}

const SAVE_HOLDS: PreparedStatement = {
  name: 'quotas_save_holds',
  text: `
  insert into quotas.holds (reservation_id, counter_id, tenant_id, amount, expires_at, lease_revision)
  select made.reservation_id, made.counter_id, counter.tenant_id, made.amount, made.expires_at, made.lease_revision
  from unnest($1::uuid[], $2::uuid[], $3::numeric[], $4::timestamptz[], $5::text[]) as made (reservation_id, counter_id, amount, expires_at, lease_revision)
  join quotas.counters as counter on counter.id = made.counter_id
  on conflict (reservation_id, counter_id) do update
    set amount = excluded.amount, expires_at = excluded.expires_at, lease_revision = excluded.lease_revision`,
}

const DELETE_HOLDS: PreparedStatement = {
  name: 'quotas_delete_holds',
  text: `
  delete from quotas.holds as hold
  using unnest($1::uuid[], $2::uuid[]) as ended (reservation_id, counter_id)
  where hold.reservation_id = ended.reservation_id and hold.counter_id = ended.counter_id`,
}

/** Writes what was changed, all statements in one round trip. Alerts come last, as everyone who raises one waits for their lock. */
export async function saveChanges(transaction: PostgresTransaction, changes: StateChanges, { alerts, recalls }: QuotaState): Promise<void> {
  const write = (statement: PreparedStatement, rows: number, columns: () => unknown[]) => (rows === 0 ? [] : [transaction.query(statement, columns())])
  const { usedMore, counters, newReservations, changedReservations, holds, endedHolds } = changes
  const fixed = counters.filter(([, { stepMs }]) => stepMs === null)
  const sliding = counters.filter(([, { stepMs }]) => stepMs !== null)
  const sent = [
    ...write(UPDATE_USED, usedMore.length, () => [usedMore.map(([id]) => id), usedMore.map(([, { used }]) => used.toFixed())]),
    ...write(UPDATE_COUNTERS, fixed.length, () => [
      ...counterColumns(fixed),
      fixed.map(([, { leased }]) => leased.toFixed()),
      fixed.map(([, { recalled }]) => recalled),
    ]),
    ...write(UPDATE_SLIDING_COUNTERS, sliding.length, () => [
      ...counterColumns(sliding),
      sliding.map(([, { stepMs }]) => (stepMs ?? 0) / 1_000),
      sliding.map(([, { steps }]) => storedSteps(steps)),
      sliding.map(([, { steps, stepMs }]) => instantOf(uselessAtMs(steps, stepMs ?? 0))),
    ]),
    ...write(INSERT_RESERVATIONS, newReservations.length, () => reservationColumns(newReservations)),
    ...write(UPDATE_RESERVATIONS, changedReservations.length, () => changedColumns(changedReservations)),
    ...write(DELETE_HOLDS, endedHolds.length, () => holdKeys(endedHolds)),
    ...write(SAVE_HOLDS, holds.length, () => [
      ...holdKeys(holds),
      holds.map(({ amount }) => amount.toFixed()),
      holds.map(({ expiresAtMs }) => instantOf(expiresAtMs)),
      holds.map(({ revision }) => revision),
    ]),
    ...recalls.map(id => transaction.query(RECALL, [leaseRecall({ counterId: id })])),
    ...(alerts.length === 0 ? [] : [insertAlerts(transaction, alerts)]),
  ]
  // Waits for every one before it throws the first error: nothing may still use the transaction when it is rolled back.
  await Promise.allSettled(sent)
  await Promise.all(sent)
}

function counterColumns(counters: readonly (readonly [string, CounterState])[]): unknown[] {
  return [
    counters.map(([id]) => id),
    counters.map(([, { used }]) => used.toFixed()),
    counters.map(([, { reserved }]) => reserved.toFixed()),
    counters.map(([, { raised }]) => JSON.stringify(Object.fromEntries([...raised].map(([terms, percent]) => [terms, percent.toFixed()])))),
    counters.map(([, { limit }]) => limit?.toFixed() ?? null),
  ]
}

function reservationColumns(records: readonly ReservationRecord[]): unknown[] {
  return [
    records.map(({ reservation }) => reservation.id),
    records.map(({ reservation }) => reservation.tenantId),
    records.map(({ reservation }) => instantOf(reservation.atMs)),
    records.map(({ expiresAtMs }) => instantOf(expiresAtMs)),
    records.map(({ closed }) => closed),
    records.map(({ reservation }) => JSON.stringify(reservation.dimensions)),
    records.map(({ reservation }) => storedAmounts(reservation.amounts)),
    records.map(({ counters }) => `{${counters.join()}}`),
  ]
}

function changedColumns(records: readonly ReservationRecord[]): unknown[] {
  return [records.map(({ reservation }) => reservation.id), records.map(({ expiresAtMs }) => instantOf(expiresAtMs)), records.map(({ closed }) => closed)]
}

function holdKeys(holds: readonly KeyedHold[]): unknown[] {
  return [holds.map(({ reservationId }) => reservationId), holds.map(({ counterId }) => counterId)]
}
