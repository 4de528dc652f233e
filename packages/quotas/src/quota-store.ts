import type { Scope, Transaction } from '@tollgate/kernel'
import type { QuotaAlert } from './alert.ts'
import type { QuotaCommand, QuotaOutcome, Stale } from './command.ts'
import type { Counter } from './counter.ts'
import type { CounterReading } from './judge-demands.ts'
import type { QuotaPlan } from './plan.ts'
import type { PolicyBook, QuotaOverride } from './policy-book.ts'
import type { Reservation } from './reservation.ts'

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
   * locked until it ends: call it once a transaction, and last.
   */
  applyIn(transaction: Transaction, commands: readonly QuotaCommand[]): Promise<readonly QuotaOutcome[]>
  /** What counters show, in their order; one that is not there shows 0. Waits for nobody. */
  read(query: CountersQuery): Promise<readonly CounterReading[] | Stale>
  /** What counters of a slot show in a window, the most used first. Those that have counted nothing may be left out. */
  readSlot(query: SlotQuery): Promise<readonly ScopeReading[]>
  /** Undefined where there is none, or none that the scope sees. What it was made with; not how it is now. */
  reservation(scope: Scope, id: string): Promise<Reservation | undefined>

  /**
   * All that decides which policies tenants have, as of now; in their order. Read through a transaction, where one is
   * handed in: whoever is in one must not wait for a second connection, which others in its place may be holding.
   */
  policyBooks(tenantIds: readonly string[], transaction?: Transaction): Promise<readonly PolicyBook[]>
  /** Every command with a revision from before is stale when this resolves. */
  addOverride(override: QuotaOverride): Promise<void>
  /** In place of the plan of the same name. Every command of every tenant with a revision from before is stale then. */
  publishPlan(plan: QuotaPlan): Promise<void>

  /** Alerts behind a cursor, in the order of cursors. An alert never becomes visible behind one that was visible before. */
  alerts(scope: Scope, query: AlertsQuery): Promise<readonly QuotaAlert[]>
  /** The cursor of the last alert that is visible, of any tenant; "0" where there is none. */
  lastAlert(): Promise<string>
  /**
   * Cleans up what has expired by `nowMs`, at most `limit` holds; answers how many. Only for tidiness: what has expired
   * counts no more, cleaned up or not.
   */
  sweep(query: { readonly nowMs: number; readonly limit: number }): Promise<number>
}

/** Which counters of a tenant to read. */
export interface CountersQuery {
  readonly tenantId: string
  /** Of the policy book that named the counters. */
  readonly revision: string
  readonly nowMs: number
  readonly counters: readonly Counter[]
}

/** A slot of a tenant in one window. */
export interface SlotQuery {
  readonly tenantId: string
  readonly slot: string
  readonly fromMs: number
  readonly nowMs: number
  readonly first: number
}

/** What a counter shows, and whose it is. */
export interface ScopeReading extends CounterReading {
  /** As in `Counter`. */
  readonly scopeValue: string
}

/** A page of alerts. */
export interface AlertsQuery {
  /** A cursor; left out: from the first one. */
  readonly after?: string | undefined
  readonly first: number
}
