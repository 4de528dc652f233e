import { awaitAll, type Columns, type PostgresTransaction, type PreparedStatement } from '@tollgate/postgres'
import type { QuotaState } from '../../engine/state/quota-state.ts'
import { MIN_NEAR_LIMIT_PERCENT } from '../../quota-usage-reader.ts'
import { insertAlerts } from '../alerts/insert-alerts.ts'
import { leaseRecall, RECALL } from '../leases/lease-recalls.ts'
import { FIXED_COUNTER_COLUMNS, SLIDING_COUNTER_COLUMNS, USED_COLUMNS } from '../tables/counters.ts'
import { HOLD_CHANGES, HOLD_COLUMNS, HOLD_KEYS } from '../tables/holds.ts'
import { KEYED_USE_COLUMNS } from '../tables/keyed-uses.ts'
import { assignColumns } from '../tables/pick-columns.ts'
import { RESERVATION_CHANGES, RESERVATION_COLUMNS } from '../tables/reservations.ts'
import type { StateChanges } from './snapshot-state.ts'

/** Whether at least half of the limit is used. */
function isNearLimit(used: string, limit: string): string {
  return `coalesce(${used} > 0 and ${used} * 100 >= ${limit} * ${MIN_NEAR_LIMIT_PERCENT}, false)`
}

// All of these use primary keys, and rely on the locks that `loadState` took: no other transaction changes these rows now.
export const UPDATE_USED: PreparedStatement = {
  name: 'quotas_update_used',
  text: `
  update quotas.counters as counter
  set ${assignColumns(USED_COLUMNS, 'changed')}, near_limit = ${isNearLimit('changed.used', 'counter.quota_limit')}
  from ${USED_COLUMNS.unnestAs('changed', 1)}
  where counter.id = changed.id`,
}

export const UPDATE_COUNTERS: PreparedStatement = {
  name: 'quotas_update_counters',
  text: `
  update quotas.counters as counter
  set ${assignColumns(FIXED_COUNTER_COLUMNS, 'changed')}, near_limit = ${isNearLimit('changed.used', 'changed.quota_limit')}
  from ${FIXED_COUNTER_COLUMNS.unnestAs('changed', 1)}
  where counter.id = changed.id`,
}

const UPDATE_SLIDING_COUNTERS: PreparedStatement = {
  name: 'quotas_update_sliding_counters',
  text: `
  update quotas.counters as counter
  set ${assignColumns(SLIDING_COUNTER_COLUMNS, 'changed')}, near_limit = ${isNearLimit('changed.used', 'changed.quota_limit')}
  from ${SLIDING_COUNTER_COLUMNS.unnestAs('changed', 1)}
  where counter.id = changed.id`,
}

const INSERT_RESERVATIONS: PreparedStatement = {
  name: 'quotas_insert_reservations',
  text: `
  insert into quotas.reservations (${RESERVATION_COLUMNS.names})
  select ${RESERVATION_COLUMNS.names.replace('counter_ids', 'counter_ids::uuid[]')}
  from ${RESERVATION_COLUMNS.unnestAs('made', 1)}`,
}

const UPDATE_RESERVATIONS: PreparedStatement = {
  name: 'quotas_update_reservations',
  text: `
  update quotas.reservations as reservation set ${assignColumns(RESERVATION_CHANGES, 'changed')}
  from ${RESERVATION_CHANGES.unnestAs('changed', 1)}
  where reservation.id = changed.id`,
}

const SAVE_HOLDS: PreparedStatement = {
  name: 'quotas_save_holds',
  text: `
  insert into quotas.holds (tenant_id, ${HOLD_COLUMNS.names})
  select counter.tenant_id, ${HOLD_COLUMNS.list.map(({ name }) => `made.${name}`).join(', ')}
  from ${HOLD_COLUMNS.unnestAs('made', 1)}
  join quotas.counters as counter on counter.id = made.counter_id
  on conflict (${HOLD_KEYS.names}) do update set ${assignColumns(HOLD_CHANGES, 'excluded')}`,
}

const INSERT_KEYED_USES: PreparedStatement = {
  name: 'quotas_insert_keyed_uses',
  text: `
  insert into quotas.keyed_uses (${KEYED_USE_COLUMNS.names})
  select ${KEYED_USE_COLUMNS.names} from ${KEYED_USE_COLUMNS.unnestAs('counted', 1)}`,
}

const DELETE_HOLDS: PreparedStatement = {
  name: 'quotas_delete_holds',
  text: `
  delete from quotas.holds as hold
  using ${HOLD_KEYS.unnestAs('ended', 1)}
  where hold.reservation_id = ended.reservation_id and hold.counter_id = ended.counter_id`,
}

/** Saves what commands changed, all statements in one round trip. Alerts come last, since all transactions that raise one wait for the same lock. */
export async function saveChanges(transaction: PostgresTransaction, changes: StateChanges, { alerts, recalls }: QuotaState): Promise<void> {
  const write = <Row>(statement: PreparedStatement, columns: Columns<Row>, rows: readonly Row[]): Promise<unknown>[] =>
    rows.length === 0 ? [] : [transaction.query(statement, columns.values(rows))]
  const fixed = changes.counters.filter(([, { stepMs }]) => stepMs === null)
  const sliding = changes.counters.filter(([, { stepMs }]) => stepMs !== null)
  await awaitAll([
    ...write(UPDATE_USED, USED_COLUMNS, changes.usedCounters),
    ...write(UPDATE_COUNTERS, FIXED_COUNTER_COLUMNS, fixed),
    ...write(UPDATE_SLIDING_COUNTERS, SLIDING_COUNTER_COLUMNS, sliding),
    ...write(INSERT_RESERVATIONS, RESERVATION_COLUMNS, changes.newReservations),
    ...write(UPDATE_RESERVATIONS, RESERVATION_CHANGES, changes.changedReservations),
    ...write(DELETE_HOLDS, HOLD_KEYS, changes.endedHolds),
    ...write(SAVE_HOLDS, HOLD_COLUMNS, changes.holds),
    ...write(INSERT_KEYED_USES, KEYED_USE_COLUMNS, changes.newKeyedUses),
    ...recalls.map(id => transaction.query(RECALL, [leaseRecall({ counterId: id })])),
    ...(alerts.length === 0 ? [] : [insertAlerts(transaction, alerts)]),
  ])
}
