import { asDatabaseBusy, isDatabaseUnavailable, type NotificationListener, type PostgresDatabase, postgresTransaction } from '@tollgate/postgres'
import type { DecisionCounter } from '../decision-counter.ts'
import { QuotasOverloaded, QuotaStoreUnavailable } from '../model/errors.ts'
import type { QuotaStore } from '../quota-store.ts'
import { listAlerts } from './alerts/list-alerts.ts'
import { listLatestAlerts } from './alerts/list-latest-alerts.ts'
import { readLastAlertCursor } from './alerts/read-last-alert-cursor.ts'
import { coalesceCommands, type CoalesceLimits } from './commands/coalesce-commands.ts'
import { knownCounters } from './commands/known-counters.ts'
import { applyCommandsIn, transactCommands } from './commands/transact-commands.ts'
import { listenToRecalls } from './leases/lease-recalls.ts'
import { hasOutdatedLeases } from './leases/outdated-leases.ts'
import { changePolicies, type PolicyChange } from './policies/change-policies.ts'
import { readPlans, readPolicySnapshots } from './policies/policy-snapshots.ts'
import { readReached } from './policies/read-reached.ts'
import { insertOverride, insertPlan, nextRevision } from './policies/write-policies.ts'
import { readReservation, readReservations } from './reservations/read-reservations.ts'
import { sweepHolds } from './upkeep/sweep-holds.ts'
import { sweepOldRows } from './upkeep/sweep-old-rows.ts'
import { readCounters, readLimitUsage } from './usage/read-counters.ts'
import { readHistory } from './usage/read-history.ts'
import { readNearLimits } from './usage/read-near-limits.ts'
import { readUsage } from './usage/read-usage.ts'
import { shareCounterReads } from './usage/share-counter-reads.ts'

/** What the store works with. */
export interface PostgresQuotaStoreOptions {
  /** For decisions that count, and what decisions need, which many callers share. */
  readonly database: PostgresDatabase
  /** For what one caller asks for: the state of counters, reports, lists and changes of policies. Defaults to `database`. */
  readonly requests?: PostgresDatabase
  /** Counts decisions in their transaction. */
  readonly counter?: Pick<DecisionCounter, 'countIn'> | undefined
  readonly limits?: Partial<CoalesceLimits>
  /** Notifies this process at once of leases that other processes recall. Without it, a recall takes effect when a lease is renewed. */
  readonly listener?: NotificationListener | undefined
}

/** Stores quotas in PostgreSQL. Any number of processes may use the same database. */
export function postgresQuotaStore({ database, requests = database, counter, limits = {}, listener }: PostgresQuotaStoreOptions): QuotaStore {
  const known = knownCounters()
  const change = (one: PolicyChange) => translateErrors(() => changePolicies(requests, one, known))
  return {
    apply: coalesceCommands(commands => translateErrors(() => transactCommands({ database, known, counter }, commands)), limits),
    applyIn: async (transaction, commands) => applyCommandsIn(postgresTransaction(transaction), commands, known),
    read: shareCounterReads(query => translateErrors(() => readCounters(requests, query))),

    policySnapshots: (tenantIds, transaction) =>
      translateErrors(() => readPolicySnapshots(database, tenantIds, transaction && postgresTransaction(transaction))),
    plans: transaction => translateErrors(() => readPlans(database, transaction && postgresTransaction(transaction))),
    readReached: async (wanted, transaction) => readReached(postgresTransaction(transaction), wanted),
    addOverride: (override, adjustCounters) =>
      change({ tenantIds: [override.tenantId], write: transaction => insertOverride(transaction, override), adjustCounters }),
    publishPlan: async (plan, adjustCounters, outer) =>
      change({
        tenantIds: 'all',
        write: transaction => insertPlan(transaction, plan),
        adjustCounters,
        transaction: outer && postgresTransaction(outer),
      }),
    tenantChanged: async (tenantId, outer, adjustCounters) =>
      change({
        tenantIds: [tenantId],
        write: transaction => nextRevision(transaction, tenantId),
        adjustCounters,
        transaction: outer && postgresTransaction(outer),
      }),

    reservation: (scope, id) => translateErrors(() => readReservation(database, scope, id)),
    reservations: (scope, ids) => translateErrors(() => readReservations(requests, scope, ids)),

    hasOutdatedLeases: query => translateErrors(() => hasOutdatedLeases(database, query)),
    onRecall: async onRecall => (listener ? listenToRecalls(listener, onRecall) : async () => {}),

    readLimitUsage: query => translateErrors(() => readLimitUsage(requests, query)),
    readUsage: query => translateErrors(() => readUsage(requests, query)),
    readNearLimits: (scope, query) => translateErrors(() => readNearLimits(requests, scope, query)),
    readHistory: query => translateErrors(() => readHistory(requests, query)),

    latestAlerts: (scope, query) => translateErrors(() => listLatestAlerts(requests, scope, query)),
    alerts: (scope, query) => translateErrors(() => listAlerts(requests, scope, query)),
    lastAlertCursor: () => translateErrors(() => readLastAlertCursor(requests)),

    sweep: query => translateErrors(async () => (await sweepHolds(requests, query)) + (await sweepOldRows(requests, query))),
  }
}

async function translateErrors<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    throw quotaStoreFailure(error)
  }
}

/**
 * Returns an error of the database as one of quotas. Only an outage lets policies decide by `storeFailure`: a busy
 * database does not, because callers could bring that about.
 */
export function quotaStoreFailure(error: unknown): unknown {
  if (isDatabaseUnavailable(error)) return new QuotaStoreUnavailable({ cause: error })
  const busy = asDatabaseBusy(error)
  return busy === undefined ? error : new QuotasOverloaded(busy.retryAfterMs, { cause: error })
}
