import { Decimal, isUuid } from '@tollgate/kernel'
import { type PostgresTransaction, type PreparedStatement, timestampText } from '@tollgate/postgres'
import type { QuotaCommand } from '../../engine/command.ts'
import type { Demand } from '../../engine/demands/demand.ts'
import { addHold } from '../../engine/state/counter-state.ts'
import type { QuotaState } from '../../engine/state/quota-state.ts'
import type { Counter } from '../../model/counters/counter.ts'
import { lockSeedingShared } from '../locks/seeding-locks.ts'
import { COUNTER_KEYS, type CounterRow, counterStateOf, SELECT_COUNTER } from '../tables/counters.ts'
import { type HoldRow, SELECT_HOLD } from '../tables/holds.ts'
import { reservationRecordOf, type ReservationRow, SELECT_RESERVATION } from '../tables/reservations.ts'
import { lockKeyedUses } from '../tables/keyed-uses.ts'
import { readRevisions, revisionText } from '../tables/revisions.ts'
import type { KnownCounters } from './known-counters.ts'

// Sorted, like all locks here, so that transactions cannot deadlock. Waits for rows that another transaction is inserting.
// Uses the primary key (id).
const INSERT_MISSING: PreparedStatement = {
  name: 'quotas_insert_missing',
  text: `
  insert into quotas.counters (${COUNTER_KEYS.names})
  select ${COUNTER_KEYS.names}
  from ${COUNTER_KEYS.unnestAs('wanted', 1)}
  where not exists (select from quotas.counters as counter where counter.id = wanted.id)
  order by id
  on conflict do nothing
  returning id`,
}

/** Locks and reads counters. Uses the primary key. */
export const LOCK_COUNTERS: PreparedStatement = {
  name: 'quotas_lock_counters',
  text: `select ${SELECT_COUNTER} from quotas.counters as counter where id = any ($1::uuid[]) order by id for update`,
}

/** Locks and reads counters, including those of which the given reservations hold something. Uses the primary keys. */
export const LOCK_COUNTERS_AND_HELD: PreparedStatement = {
  name: 'quotas_lock_counters_and_held',
  text: `
  with wanted as (
    select unnest($1::uuid[]) as id
    union
    select unnest(counter_ids) from quotas.reservations where id = any ($2::uuid[])
  )
  select ${SELECT_COUNTER}
  from wanted join quotas.counters as counter using (id)
  order by counter.id
  for update of counter`,
}

const HOLDS = `select ${SELECT_HOLD} from quotas.holds`

/** Reads expired holds, as the transactions that had the locks before left them. Uses the index (counter_id, expires_at). */
export const READ_EXPIRED_HOLDS: PreparedStatement = {
  name: 'quotas_read_due_holds',
  text: `${HOLDS} where counter_id = any ($1::uuid[]) and expires_at <= $2::timestamptz`,
}

/** Reads expired holds, and those of the given reservations and leases. Uses the primary key, too. */
export const READ_HOLDS: PreparedStatement = {
  name: 'quotas_read_holds',
  text: `
  ${HOLDS} where counter_id = any ($1::uuid[]) and expires_at <= $2::timestamptz
  union
  ${HOLDS} where reservation_id = any ($3::uuid[])`,
}

// Uses the primary key. Locks the reservations, because some hold nothing of any counter.
const LOCK_RESERVATIONS = `select ${SELECT_RESERVATION} from quotas.reservations where id = any ($1::uuid[]) order by id for update`

/**
 * Locks and reads everything that commands read or change, in one round trip. PostgreSQL takes the snapshot of each statement
 * when it starts, so a statement after the locks reads what the last holder of the locks committed. The keys of counters are
 * their ids here. Counters that this process has locked before are not inserted.
 */
export async function loadState(transaction: PostgresTransaction, commands: readonly QuotaCommand[], known: KnownCounters): Promise<QuotaState> {
  const counters = countersOf(commands)
  const unknown = counters.filter(({ key }) => !known.has(key))
  const ids = counters.map(({ key }) => key)
  const named = [...new Set(commands.flatMap(holderOf))].filter(isUuid)
  const latestMs = Math.max(...commands.map(({ nowMs }) => nowMs))
  const tenants = [...new Set(commands.map(({ tenantId }) => tenantId))]

  const leasing = [...new Set(commands.flatMap(command => (command.kind === 'lease' ? [command.tenantId] : [])))]

  const [, keyedUses, inserted, counterRows, holdRows, reservationRows, revisions] = await Promise.all([
    // What is spent of a lease is not decided again, so no policies may change until it is committed.
    leasing.length === 0 ? [] : lockSeedingShared(transaction, leasing),
    lockKeyedUses(transaction, commands),
    unknown.length === 0 ? [] : transaction.query<{ id: string }>(INSERT_MISSING, COUNTER_KEYS.values(unknown)),
    lockCounters(transaction, ids, named),
    readHolds(transaction, ids, named, latestMs),
    named.length === 0 ? [] : transaction.query<ReservationRow>(LOCK_RESERVATIONS, [named]),
    readRevisions(transaction, tenants),
  ])
  const locked = new Set(counterRows.map(({ id }) => id))
  const deleted = counters.filter(({ key }) => !locked.has(key))
  const recreated = deleted.length === 0 ? [] : await recreate(transaction, deleted)
  // Counters that this transaction inserted exist only once it has committed.
  const insertedIds = new Set(inserted.map(({ id }) => id))
  if (deleted.length === 0) known.add(ids.filter(id => !insertedIds.has(id)))
  const state: QuotaState = {
    revisionOf: tenantId => revisions.get(tenantId) ?? revisionText(0, 0),
    counters: new Map([...counterRows, ...recreated].map(row => [row.id, counterStateOf(row)])),
    reservations: new Map(reservationRows.map(row => [row.id, reservationRecordOf(row)])),
    keyedUses,
    alerts: [],
    recalls: [],
  }
  for (const { reservation_id, counter_id, amount, expires_at_ms, lease_revision } of holdRows) {
    const counter = state.counters.get(counter_id)
    if (counter === undefined) continue
    // The counter's sums include the hold already.
    const { reserved, leased } = counter
    addHold(counter, reservation_id, { amount: new Decimal(amount), expiresAtMs: Number(expires_at_ms), revision: lease_revision })
    Object.assign(counter, { reserved, leased })
  }
  return state
}

async function lockCounters(transaction: PostgresTransaction, ids: readonly string[], reservations: readonly string[]): Promise<CounterRow[]> {
  if (reservations.length > 0) return transaction.query<CounterRow>(LOCK_COUNTERS_AND_HELD, [ids, reservations])
  return ids.length === 0 ? [] : transaction.query<CounterRow>(LOCK_COUNTERS, [ids])
}

async function readHolds(transaction: PostgresTransaction, ids: readonly string[], holders: readonly string[], expiredMs: number): Promise<HoldRow[]> {
  if (holders.length > 0) return transaction.query<HoldRow>(READ_HOLDS, [ids, timestampText(expiredMs), holders])
  return ids.length === 0 ? [] : transaction.query<HoldRow>(READ_EXPIRED_HOLDS, [ids, timestampText(expiredMs)])
}

const MAX_ATTEMPTS = 5

/** Inserts and locks counters that the sweep deleted after this process had seen them. */
async function recreate(transaction: PostgresTransaction, counters: readonly Counter[]): Promise<CounterRow[]> {
  const ids = counters.map(({ key }) => key)
  for (let i = 0; i < MAX_ATTEMPTS; i++) {
    const [, rows] = await Promise.all([transaction.query(INSERT_MISSING, COUNTER_KEYS.values(counters)), lockCounters(transaction, ids, [])])
    if (rows.length === counters.length) return rows
  }
  throw new Error(`${counters.length} counters were deleted as soon as they were inserted`)
}

/** Returns each counter once, in the order of the commands. */
function countersOf(commands: readonly QuotaCommand[]): Counter[] {
  const byId = new Map<string, Counter>()
  for (const command of commands) {
    for (const { counter } of demandsOf(command)) byId.set(counter.key, counter)
  }
  return [...byId.values()]
}

function demandsOf(command: QuotaCommand): readonly Demand[] {
  if (command.kind === 'lease') return [command.demand]
  return 'demands' in command ? command.demands : []
}

/** Returns the id of the existing reservation or lease that a command changes. */
function holderOf(command: QuotaCommand): string[] {
  switch (command.kind) {
    case 'enforce':
    case 'reserve':
    case 'consume':
    case 'seed':
    case 'review':
      return []
    case 'settle':
    case 'release':
    case 'extend':
      return [command.reservationId]
    case 'lease':
      return [command.leaseId]
  }
}
