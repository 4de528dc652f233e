import type { Decimal, Transaction } from '@tollgate/kernel'
import type { ReviewCommand } from './engine/commands/review.ts'
import type { SeedCommand } from './engine/commands/seed.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { QuotaPlan } from './model/policies/plan.ts'
import type { PolicySnapshot } from './model/policies/policy-snapshot.ts'

/** Stores plans and overrides. Once a change has resolved, every command with an earlier revision is stale and all counters are adjusted. */
export interface PolicyStore {
  /**
   * Returns the current policy snapshots of tenants, in the order given. Reads through the transaction, if there is one: work in
   * a transaction must not wait for a second connection, or all connections may be taken by work that waits.
   */
  policySnapshots(tenantIds: readonly string[], transaction?: Transaction): Promise<readonly PolicySnapshot[]>
  /** Returns the latest publication of each plan, by name. Reads through the transaction, if there is one. */
  plans(transaction?: Transaction): Promise<readonly QuotaPlan[]>
  /** Returns the counters that used at least an amount of their limit's metric, the most used first, at most `MAX_REACHED`. */
  readReached(limits: readonly ReachedLimit[], transaction: Transaction): Promise<readonly ReachedCounter[]>
  /** Adds an override. */
  addOverride(override: QuotaOverride, adjustCounters?: AdjustCounters): Promise<void>
  /** Publishes a plan, replacing the one with the same name, for all tenants. As part of a transaction, takes effect when that commits. */
  publishPlan(plan: QuotaPlan, adjustCounters?: AdjustCounters, transaction?: Transaction): Promise<void>
  /** Records that the plan or calendar of a tenant changed. As part of a transaction, takes effect when that commits. */
  tenantChanged(tenantId: string, transaction?: Transaction, adjustCounters?: AdjustCounters): Promise<void>
}

/** Counters that are compared with a new limit at once. Others alert when they are used next. */
export const MAX_REACHED = 10_000

/** A limit of a tenant in one window, and how much of it must be used. */
export interface ReachedLimit {
  readonly tenantId: string
  readonly limitKey: string
  readonly fromMs: number
  readonly minUsed: Decimal
  readonly nowMs: number
}

/** A counter that used enough. */
export interface ReachedCounter {
  /** Position of the limit in the list. */
  readonly limit: number
  readonly scopeValue: string
}

/** A command that adjusts a counter to a change of policies. */
export type AdjustingCommand = SeedCommand | ReviewCommand

/**
 * Returns the commands that adjust counters after a change of policies: seeds of new counters, and reviews of those with a new limit. Called in the transaction of the change, before the
 * change is written, and again if that transaction is retried. At that time, all usage that other transactions counted with
 * `applyIn` for these tenants is committed, and new calls wait until the change is committed.
 */
export type AdjustCounters = (transaction: Transaction) => Promise<readonly AdjustingCommand[]>
