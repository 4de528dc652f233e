import type { Transaction } from '@tollgate/kernel'
import type { SeedCommand } from './engine/commands/seed.ts'
import type { QuotaOverride } from './model/override.ts'
import type { QuotaPlan } from './model/plan.ts'
import type { PolicySnapshot } from './model/policy-snapshot.ts'

/** Stores plans and overrides. Once a change has resolved, every command with an earlier revision is stale and all counters are seeded. */
export interface PolicyStore {
  /**
   * Returns the current policy snapshots of tenants, in the order given. Reads through the transaction, if there is one: work in
   * a transaction must not wait for a second connection, or all connections may be taken by work that waits.
   */
  policySnapshots(tenantIds: readonly string[], transaction?: Transaction): Promise<readonly PolicySnapshot[]>
  /** Returns the latest publication of each plan, by name. */
  plans(): Promise<readonly QuotaPlan[]>
  /** Adds an override. */
  addOverride(override: QuotaOverride, seedCounters?: SeedCounters): Promise<void>
  /** Publishes a plan, replacing the one with the same name, for all tenants. As part of a transaction, takes effect when that commits. */
  publishPlan(plan: QuotaPlan, seedCounters?: SeedCounters, transaction?: Transaction): Promise<void>
  /** Records that the plan or calendar of a tenant changed. As part of a transaction, takes effect when that commits. */
  tenantChanged(tenantId: string, transaction?: Transaction, seedCounters?: SeedCounters): Promise<void>
}

/**
 * Returns the commands that seed counters after a change of policies. Called in the transaction of the change, before the
 * change is written, and again if that transaction is retried. At that time, all usage that other transactions counted with
 * `applyIn` for these tenants is committed, and new calls wait until the change is committed.
 */
export type SeedCounters = (transaction: Transaction) => Promise<readonly SeedCommand[]>
