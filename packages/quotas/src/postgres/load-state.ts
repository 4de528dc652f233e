import type { PostgresTransaction, PreparedStatement } from '@tollgate/postgres'
import { Decimal, ZERO } from '@tollgate/kernel'
import type { QuotaCommand } from '../counters/command.ts'
import type { Counter } from '../counters/counter.ts'
import type { Demand } from '../decisions/demand.ts'
import { addHold, type CounterState, NOTHING_RAISED, type QuotaState, type ReservationRecord } from '../counters/quota-state.ts'
import { instantOf, isUuid } from './columns.ts'
import { RESERVATION_COLUMNS, type ReservationRow, reservationOf } from './reservation-row.ts'
import type { KnownCounters } from './known-counters.ts'
import { readRevisions, revisionText } from './revisions.ts'
import { shareOpening } from './opening-locks.ts'
import { stepsOf } from './stored-steps.ts'

// Sorted, as everything here that locks: writers wait for each other, and never in a circle. A row that another
// transaction is inserting is waited for. Relies on the primary key (id).
const INSERT_MISSING: PreparedStatement = {
  name: 'quotas_insert_missing',
  text: `
  insert into quotas.counters (id, tenant_id, slot, scope_value, window_from, window_to)
  select id, tenant_id, slot, scope_value, window_from, window_to
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[])
    as wanted (id, tenant_id, slot, scope_value, window_from, window_to)
  where not exists (select from quotas.counters as counter where counter.id = wanted.id)
  order by id
  on conflict do nothing
  returning id`,
}

const COLUMNS = `counter.id, counter.used, counter.reserved, counter.raised::text as raised, counter.step_seconds, counter.steps::text as steps,
    counter.quota_limit, counter.leased, counter.recalled`

/** Locks and reads counters. Relies on the primary key. */
export const LOCK_COUNTERS: PreparedStatement = {
  name: 'quotas_lock_counters',
  text: `select ${COLUMNS} from quotas.counters as counter where id = any ($1::uuid[]) order by id for update`,
}

/** Locks and reads counters, also those of which the named reservations hold something. Relies on the primary keys. */
export const LOCK_COUNTERS_AND_HELD: PreparedStatement = {
  name: 'quotas_lock_counters_and_held',
  text: `
  with wanted as (
    select unnest($1::uuid[]) as id
    union
    select unnest(counter_ids) from quotas.reservations where id = any ($2::uuid[])
  )
  select ${COLUMNS}
  from wanted join quotas.counters as counter using (id)
  order by counter.id
  for update of counter`,
}

const HELD = `select reservation_id, counter_id, amount, (extract(epoch from expires_at) * 1000)::bigint::text as expires_at_ms, lease_revision
  from quotas.holds`

/** What is due, as those left it who had the locks before. Relies on the index (counter_id, expires_at). */
export const READ_DUE_HOLDS: PreparedStatement = {
  name: 'quotas_read_due_holds',
  text: `${HELD} where counter_id = any ($1::uuid[]) and expires_at <= $2::timestamptz`,
}

/** What is due, and what was named. Relies on the primary key, too. */
export const READ_HOLDS: PreparedStatement = {
  name: 'quotas_read_holds',
  text: `
  ${HELD} where counter_id = any ($1::uuid[]) and expires_at <= $2::timestamptz
  union
  ${HELD} where reservation_id = any ($3::uuid[])`,
}

// Relies on the primary key. Locks, for those that hold nothing of any counter.
const LOCK_RESERVATIONS = `select ${RESERVATION_COLUMNS} from quotas.reservations where id = any ($1::uuid[]) order by id for update`

interface CounterRow {
  id: string
  used: string
  reserved: string
  raised: string
  step_seconds: number | null
  steps: string | null
  quota_limit: string | null
  leased: string
  recalled: boolean
}

interface HoldRow {
  reservation_id: string
  counter_id: string
  amount: string
  expires_at_ms: string
  /** Null: a reservation's. */
  lease_revision: string | null
}

/**
 * Locks all that commands read or change, and reads it, in one round trip: PostgreSQL takes each statement's snapshot
 * when it comes to it, so what is read behind the locks is as the last one who had them left it. Counters are known by
 * their ids here: commands must name them so. Those that this process saw before are not looked for before they are locked.
 */
export async function loadState(transaction: PostgresTransaction, commands: readonly QuotaCommand[], known: KnownCounters): Promise<QuotaState> {
  const counters = countersOf(commands)
  const unknown = counters.filter(({ key }) => !known.has(key))
  const ids = counters.map(({ key }) => key)
  const named = [...new Set(commands.flatMap(reservationOfCommand))].filter(isUuid)
  const latestMs = Math.max(...commands.map(({ nowMs }) => nowMs))
  const tenants = [...new Set(commands.map(({ tenantId }) => tenantId))]

  const leasing = [...new Set(commands.flatMap(command => (command.kind === 'lease' ? [command.tenantId] : [])))]

  const [, inserted, counterRows, holdRows, reservationRows, revisions] = await Promise.all([
    // What a lease allows is not asked about again: no policies may change until it is committed.
    leasing.length === 0 ? [] : shareOpening(transaction, leasing),
    unknown.length === 0 ? [] : transaction.query<{ id: string }>(INSERT_MISSING, counterColumns(unknown)),
    lockCounters(transaction, ids, named),
    readHolds(transaction, ids, named, latestMs),
    named.length === 0 ? [] : transaction.query<ReservationRow>(LOCK_RESERVATIONS, [named]),
    readRevisions(transaction, tenants),
  ])
  const locked = new Set(counterRows.map(({ id }) => id))
  const swept = counters.filter(({ key }) => !locked.has(key))
  const anew = swept.length === 0 ? [] : await lockAnew(transaction, swept)
  // Those of this transaction are there for sure when it is committed, and no sooner.
  const made = new Set(inserted.map(({ id }) => id))
  if (swept.length === 0) known.add(ids.filter(id => !made.has(id)))
  const state: QuotaState = {
    revisionOf: tenantId => revisions.get(tenantId) ?? revisionText(0, 0),
    counters: new Map([...counterRows, ...anew].map(row => [row.id, counterStateOf(row)])),
    reservations: new Map(reservationRows.map(row => [row.id, recordOf(row)])),
    alerts: [],
    recalls: [],
  }
  for (const { reservation_id, counter_id, amount, expires_at_ms, lease_revision } of holdRows) {
    const counter = state.counters.get(counter_id)
    if (counter === undefined) continue
    // The counter's sums have it already.
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

async function readHolds(transaction: PostgresTransaction, ids: readonly string[], reservations: readonly string[], dueMs: number): Promise<HoldRow[]> {
  if (reservations.length > 0) return transaction.query<HoldRow>(READ_HOLDS, [ids, instantOf(dueMs), reservations])
  return ids.length === 0 ? [] : transaction.query<HoldRow>(READ_DUE_HOLDS, [ids, instantOf(dueMs)])
}

const MAX_SWEEPS = 5

/** Makes and locks counters that the sweep deleted after they were found there, and before they were locked. */
async function lockAnew(transaction: PostgresTransaction, swept: readonly Counter[]): Promise<CounterRow[]> {
  for (let i = 0; i < MAX_SWEEPS; i++) {
    const [, rows] = await Promise.all([
      transaction.query(INSERT_MISSING, counterColumns(swept)),
      lockCounters(
        transaction,
        swept.map(({ key }) => key),
        [],
      ),
    ])
    if (rows.length === swept.length) return rows
  }
  throw new Error(`${swept.length} counters are deleted as soon as they are made`)
}

/** Each counter once, in the order of ids. */
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

/** Also leases: they hold as reservations do. */
function reservationOfCommand(command: QuotaCommand): string[] {
  switch (command.kind) {
    case 'decide':
    case 'open':
      return []
    case 'record':
      return command.settles === null ? [] : [command.settles]
    case 'release':
    case 'extend':
      return [command.reservationId]
    case 'lease':
      return [command.leaseId]
  }
}

function counterColumns(counters: readonly Counter[]): unknown[] {
  return [
    counters.map(({ key }) => key),
    counters.map(({ tenantId }) => tenantId),
    counters.map(({ limitKey }) => limitKey),
    counters.map(({ scopeValue }) => scopeValue),
    counters.map(({ fromMs }) => instantOf(fromMs)),
    // Of a sliding window: not in use before it was written.
    counters.map(({ toMs, stepMs }) => instantOf(stepMs === null ? toMs : 0)),
  ]
}

function counterStateOf({ used, reserved, raised, step_seconds, steps, quota_limit, leased, recalled }: CounterRow): CounterState {
  return {
    used: amountOf(used),
    stepMs: step_seconds === null ? null : step_seconds * 1_000,
    steps: stepsOf(steps),
    limit: quota_limit === null ? null : amountOf(quota_limit),
    reserved: amountOf(reserved),
    leased: amountOf(leased),
    recalled,
    lapsed: false,
    holds: new Map(),
    nextExpiryMs: Infinity,
    raised: raisedOf(raised),
  }
}

/** Most amounts are nothing: made once. */
function amountOf(text: string): Decimal {
  return text === '0' ? ZERO : new Decimal(text)
}

function raisedOf(text: string): CounterState['raised'] {
  if (text === '{}') return NOTHING_RAISED
  return new Map(Object.entries(JSON.parse(text) as Record<string, string>).map(([terms, percent]) => [terms, new Decimal(percent)]))
}

function recordOf(row: ReservationRow): ReservationRecord {
  const reservation = reservationOf(row)
  return { reservation, closed: row.closed, expiresAtMs: reservation.expiresAtMs, counters: row.counter_ids }
}
