import {
  isConflict,
  isDatabaseUnavailable,
  type NotificationListener,
  type PostgresDatabase,
  type PostgresTransaction,
  type PreparedStatement,
} from '@tollgate/postgres'
import { tenantScope } from '@tollgate/kernel'
import type { QuotaCommand, QuotaOutcome } from '../counters/command.ts'
import { QuotaStoreUnavailable } from '../errors.ts'
import type { QuotaStore } from '../quota-store.ts'
import { applyCommands } from './apply-commands.ts'
import { changePolicies, type PolicyBookChange } from './change-policies.ts'
import { coalesceCommands, type CoalesceLimits } from './coalesce-commands.ts'
import { isUuid } from './columns.ts'
import { knownCounters, type KnownCounters } from './known-counters.ts'
import { hearRecalls } from './lease-recalls.ts'
import { listAlerts } from './list-alerts.ts'
import { hasOldLeases } from './old-leases.ts'
import { shareOpening } from './opening-locks.ts'
import { bumpRevision, insertOverride, insertPlan, readPlans, readPolicyBooks } from './policy-books.ts'
import { readCounters, readLimit } from './read-counters.ts'
import { readLastAlert } from './read-last-alert.ts'
import { readHistory, readNearLimits, readUsage } from './read-views.ts'
import { RESERVATION_COLUMNS, type ReservationRow, reservationOf } from './reservation-row.ts'
import { shareReads } from './share-reads.ts'
import { sweepHolds } from './sweep-holds.ts'
import { sweepOld } from './sweep-old.ts'

/** What the store needs. */
export interface PostgresQuotaStoreOptions {
  readonly database: PostgresDatabase
  readonly limits?: Partial<CoalesceLimits>
  /** Hears at once what other processes call back of leases; without it, that is noticed when they are renewed. */
  readonly listener?: NotificationListener | undefined
}

const ATTEMPTS = 5

const SAVEPOINT: PreparedStatement = { name: 'quotas_savepoint', text: 'savepoint quotas' }
const ROLLBACK = 'rollback to savepoint quotas'

// Relies on the primary key (id).
const RESERVATION = `select ${RESERVATION_COLUMNS} from quotas.reservations where id = $1::uuid`

// Relies on the primary key (id).
const RESERVATIONS = `select ${RESERVATION_COLUMNS} from quotas.reservations where id = any ($1::uuid[])`

/** Keeps quotas in PostgreSQL. Any number of processes may use the same database. */
export function postgresQuotaStore({ database, limits = {}, listener }: PostgresQuotaStoreOptions): QuotaStore {
  const known = knownCounters()
  const apply = coalesceCommands(commands => translated(() => transact(database, commands, known)), limits)
  const change = (one: PolicyBookChange) => translated(() => changePolicies(database, one, known))
  return {
    apply,
    async applyIn(transaction, commands) {
      if (commands.length === 0) return []
      const handedIn = postgresTransaction(transaction)
      const tenantIds = commands.map(({ tenantId }) => tenantId)
      // Sent first, and in the same round trip: revisions are read when nobody can change them any more.
      const [, , { outcomes, written }] = await Promise.all([
        shareOpening(handedIn, tenantIds),
        handedIn.query(SAVEPOINT),
        applyCommands(handedIn, commands, known),
      ])
      await written
      if (!outcomes.some(({ kind }) => kind === 'stale')) return outcomes
      // Lets go of the counters that are locked: who locks more, holding some, could meet another the other way round.
      await handedIn.query(ROLLBACK)
      return outcomes.map(() => ({ kind: 'stale' }))
    },
    read: shareReads(query => translated(() => readCounters(database, query))),
    readLimit: query => translated(() => readLimit(database, query)),
    readUsage: query => translated(() => readUsage(database, query)),
    readNearLimits: (scope, query) => translated(() => readNearLimits(database, scope, query)),
    readHistory: query => translated(() => readHistory(database, query)),
    async reservation(scope, id) {
      if (!isUuid(id)) return undefined
      const [row] = await translated(() => database.query<ReservationRow>(scope, RESERVATION, [id]))
      return row && reservationOf(row)
    },
    async reservations(scope, ids) {
      const rows = await translated(() => database.query<ReservationRow>(scope, RESERVATIONS, [ids.filter(isUuid)]))
      return rows.map(row => {
        const reservation = reservationOf(row)
        return { reservation, closed: row.closed, expiresAtMs: reservation.expiresAtMs }
      })
    },
    policySnapshots: (tenantIds, transaction) => translated(() => readPolicyBooks(database, tenantIds, transaction && postgresTransaction(transaction))),
    addOverride: (override, opening) => change({ tenantIds: [override.tenantId], write: transaction => insertOverride(transaction, override), opening }),
    publishPlan: (plan, opening) => change({ tenantIds: 'all', write: transaction => insertPlan(transaction, plan), opening }),
    plans: () => translated(() => readPlans(database)),
    tenantChanged: (tenantId, handedIn, opening) =>
      change({
        tenantIds: [tenantId],
        write: transaction => bumpRevision(transaction, tenantId),
        opening,
        transaction: handedIn && postgresTransaction(handedIn),
      }),
    hasOldLeases: query => translated(() => hasOldLeases(database, query)),
    onRecall: async recalled => (listener ? hearRecalls(listener, recalled) : async () => {}),
    alerts: (scope, query) => translated(() => listAlerts(database, scope, query)),
    lastAlertCursor: () => translated(() => readLastAlert(database)),
    sweep: query => translated(async () => (await sweepHolds(database, query)) + (await sweepOld(database, query))),
  }
}

/** In a transaction of their own, again where PostgreSQL gave it up for another's sake. */
async function transact(database: PostgresDatabase, commands: readonly QuotaCommand[], known: KnownCounters): Promise<readonly QuotaOutcome[]> {
  const scope = tenantScope(...new Set(commands.map(({ tenantId }) => tenantId)))
  for (let attempt = 1; ; attempt++) {
    let written: Promise<void> = Promise.resolve()
    try {
      return await database.transaction(scope, async transaction => {
        const applied = await applyCommands(transaction, commands, known)
        written = applied.written
        return applied.outcomes
      })
    } catch (error) {
      // Where a write failed, that is the reason, and not that the commit was refused.
      const reason: unknown = await written.then(
        () => error,
        (failure: unknown) => failure,
      )
      if (attempt === ATTEMPTS || !isConflict(reason)) throw reason
    }
  }
}

async function translated<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw isDatabaseUnavailable(error) ? new QuotaStoreUnavailable({ cause: error }) : error
  }
}

/** The transaction is of the same database, as whoever composes the packages sees to; every adapter knows its own kind. */
function postgresTransaction(transaction: object): PostgresTransaction {
  if (!('query' in transaction)) throw new TypeError('Quotas in PostgreSQL need a transaction of PostgreSQL')
  return transaction as PostgresTransaction
}
