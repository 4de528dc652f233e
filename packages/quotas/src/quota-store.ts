import type { Decimal, Scope, Transaction } from '@tollgate/kernel'
import type { QuotaAlert } from './alerts/alert.ts'
import type { OpenCommand, QuotaCommand, QuotaOutcome, Stale } from './counters/command.ts'
import type { Counter } from './counters/counter.ts'
import type { CounterReading, CounterShown } from './counters/counter-reading.ts'
import type { QuotaPlan } from './policies/plan.ts'
import type { PolicySnapshot, QuotaOverride } from './policies/policy-book.ts'
import type { Reservation } from './reservations/reservation.ts'

/**
 * Keeps counters, reservations, policies and alerts. Any number of callers and processes may use one store at once. All
 * methods reject with `QuotaStoreUnavailable` where the store cannot be reached. Written once for all adapters by its
 * contract suite.
 */
export interface QuotaStore {
  /**
   * Does one command as `applyCommand` says, durably when it resolves: as if commands came one after the other, in some
   * order that agrees with who waited for whom. Rejects with `QuotasOverloaded` where too many wait.
   */
  apply(command: QuotaCommand): Promise<QuotaOutcome>
  /**
   * Does commands in their order in a transaction that is handed in, and stands or falls with it. What they touch stays
   * locked until it ends: call it once a transaction, and last. Where some are stale, the store may have done none, and
   * say so of all.
   */
  applyIn(transaction: Transaction, commands: readonly QuotaCommand[]): Promise<readonly QuotaOutcome[]>
  /** What counters show, in their order; one that is not there shows 0. Waits for nobody. */
  read(query: CountersQuery): Promise<readonly CounterReading[] | Stale>
  /** What counters of a limit key show in a window, the most used first. Those that have counted nothing may be left out. */
  readLimit(query: LimitQuery): Promise<readonly CounterShown[]>
  /** What counters of limit keys show in a window each: by limit key, in the order asked for, then by scope value, in an order that does not change. Those that have counted nothing are left out. */
  readUsage(query: UsageQuery): Promise<readonly LimitReading[]>
  /** Counters of windows that have not ended of which much was used, the fullest first, then by whose they are. */
  readNearLimits(scope: Scope, query: NearLimitsQuery): Promise<readonly NearLimitReading[]>
  /** What was used of a limit key in windows that have ended, the latest window first, then by scope value, descending. */
  readHistory(query: HistoryQuery): Promise<readonly PastReading[]>
  /** Undefined where there is none, or none that the scope sees. What it was made with; not how it is now. */
  reservation(scope: Scope, id: string): Promise<Reservation | undefined>
  /** How reservations are now, in no particular order. Left out are those that are not there, or that the scope does not see. */
  reservations(scope: Scope, ids: readonly string[]): Promise<readonly StoredReservation[]>

  /**
   * All that decides which policies tenants have, as of now; in their order. Read through a transaction, where one is
   * handed in: whoever is in one must not wait for a second connection, which others in its place may be holding.
   */
  policySnapshots(tenantIds: readonly string[], transaction?: Transaction): Promise<readonly PolicySnapshot[]>
  /** Every command with a revision from before is stale when this resolves, and counters are open. */
  addOverride(override: QuotaOverride, opening?: OpenCounters): Promise<void>
  /** In place of the plan of the same name. Every command of every tenant with a revision from before is stale then, and counters are open. */
  publishPlan(plan: QuotaPlan, opening?: OpenCounters): Promise<void>
  /** Those that were published, of each name the last one, in the order of names. */
  plans(): Promise<readonly QuotaPlan[]>
  /**
   * Every command of the tenant with a revision from before is stale when this resolves or, where a transaction is handed
   * in, when that is committed; and counters are open.
   */
  tenantChanged(tenantId: string, transaction?: Transaction, opening?: OpenCounters): Promise<void>

  /** Whether anyone holds a lease that was made by policies that were replaced, and has not expired. */
  hasOldLeases(query: OldLeasesQuery): Promise<boolean>
  /**
   * Hears which leases are called back, by anyone, until it is stopped. A recall may be heard late or twice, and where
   * none can be heard, never: what calls leases back, in this store, waits no longer than until they are renewed.
   */
  onRecall(recalled: LeaseRecallListener): Promise<() => Promise<void>>

  /** Alerts behind a cursor, in the order of cursors. An alert never becomes visible behind one that was visible before. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly QuotaAlert[]>
  /** The cursor of the last alert that is visible, of any tenant; "0" where there is none. */
  lastAlertCursor(): Promise<string>
  /**
   * Cleans up holds that have expired by `nowMs`, sliding counters that have counted nothing for two windows, and what is
   * older than the query says; answers how much. Only for tidiness: what has expired counts no more, cleaned up or not.
   */
  sweep(query: SweepQuery): Promise<number>
}

/**
 * Says what counters are to be opened with by a change of policies. Asked in the transaction of the change, before it is
 * written, and again where that is run again. What transactions counted before by `applyIn`, for the tenants that are
 * concerned, is committed then; those that come to `applyIn` meanwhile wait until the change is committed.
 */
export type OpenCounters = (transaction: Transaction) => Promise<readonly OpenCommand[]>

/** What a reservation was made with, and what became of it. */
export interface StoredReservation {
  readonly reservation: Reservation
  readonly closed: 'settled' | 'released' | null
  /** As it was extended. */
  readonly expiresAtMs: number
}

/** Whose leases to look for. */
export interface OldLeasesQuery {
  /** Null: anyone's. */
  readonly tenantId: string | null
  readonly nowMs: number
}

/** Told that leases are called back: of the counters that it says are meant. It must not throw. */
export type LeaseRecallListener = (isMeant: (counter: Counter) => boolean) => void

/** Which counters of a tenant to read. */
export interface CountersQuery {
  readonly tenantId: string
  /** Of the policy book that named the counters. */
  readonly revision: string
  readonly nowMs: number
  readonly counters: readonly Counter[]
}

/** A limit key of a tenant in one window. */
export interface LimitQuery {
  readonly tenantId: string
  readonly limitKey: string
  readonly fromMs: number
  readonly nowMs: number
  readonly first: number
}

/** Counters of a tenant's limit keys, each in one window. */
export interface UsageQuery {
  readonly tenantId: string
  readonly nowMs: number
  readonly limitKeys: readonly {
    readonly limitKey: string
    readonly fromMs: number
    /** Only counters that used so much, and something; null: all. */
    readonly leastUsed: Decimal | null
    /** Only scope values behind this one; null: all. */
    readonly after: string | null
  }[]
  readonly first: number
}

/** What a counter of a limit key shows. */
export interface LimitReading extends CounterShown {
  readonly limitKey: string
}

/** Counters that are near their limits, or over them. */
export interface NearLimitsQuery {
  readonly nowMs: number
  /** Of the limit that the counter was last used under; `NEAR_LIMIT_PERCENT` or more. */
  readonly leastPercent: Decimal
  /** Only those that are above their limit. */
  readonly exceeded: boolean
  readonly after: FullnessCursor | null
  readonly first: number
}

/** A place in the order of counters by how full they are. */
export interface FullnessCursor {
  /** Used in percent of the limit, as the store wrote it; `Infinity` of a limit of 0. */
  readonly fullness: string
  /** What tells counters apart that are as full. */
  readonly counter: string
}

/** A counter that is near its limit. */
export interface NearLimitReading extends LimitReading {
  readonly tenantId: string
  readonly fromMs: number
  /** Of the tenant's policy book. */
  readonly revision: string
  readonly at: FullnessCursor
}

/** Past windows of a limit key. */
export interface HistoryQuery {
  readonly tenantId: string
  readonly limitKey: string
  /** Null: of all values. */
  readonly scopeValue: string | null
  readonly nowMs: number
  readonly before: { readonly fromMs: number; readonly scopeValue: string } | null
  readonly first: number
}

/** What was used in a window that has ended. */
export interface PastReading {
  readonly scopeValue: string
  readonly fromMs: number
  readonly toMs: number
  readonly used: Decimal
  /** That it was last used under; null: unlimited. */
  readonly limit: Decimal | null
}

/** What to clean up. */
export interface SweepQuery {
  readonly nowMs: number
  /** Rows of each kind at the most. */
  readonly limit: number
  /** Counters of windows that ended before are forgotten. */
  readonly countersBeforeMs: number
  /** Reservations that ended, and expired, before are forgotten. */
  readonly reservationsBeforeMs: number
  readonly alertsBeforeMs: number
}

/** A page of alerts. */
export interface AlertsQuery {
  /** A cursor; left out: from the first one. */
  readonly after?: string | undefined
  readonly first: number
}
