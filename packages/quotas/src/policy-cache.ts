import type { Transaction } from '@tollgate/kernel'
import { snapshotLoader } from './load-snapshot.ts'
import { UnknownPlan } from './model/errors.ts'
import type { PolicySnapshot } from './model/policies/policy-snapshot.ts'
import { type StartingPlans, type TenantPolicies, tenantPolicies } from './model/policies/tenant-policies.ts'
import type { TenantProfile } from './model/policies/tenant-profile.ts'
import type { PolicyStore } from './policy-store.ts'
import type { TenantProfiles } from './tenant-profiles.ts'

/** The policies of tenants, in memory. Whether they are current is up to the store, when a command uses them. */
export interface PolicyCache {
  /** Returns the policies of a tenant that are in memory. */
  known(tenantId: string): TenantPolicies | undefined
  /** Returns the policies of a tenant, and loads them if they are not in memory. Throws `UnknownPlan`. */
  of(tenantId: string): Promise<TenantPolicies>
  /** Returns the policies of several tenants, and loads those that are not in memory through the transaction. Throws `UnknownPlan`. */
  allOf(tenantIds: readonly string[], transaction: Transaction): Promise<ReadonlyMap<string, TenantPolicies>>
  /** Forgets the policies of a tenant, after the store said that they are stale. */
  forget(tenantId: string): void
  /** Returns the last known policies of a tenant, or those of its plan alone, without asking the store. Throws `UnknownPlan`. */
  lastKnown(tenantId: string): Promise<TenantPolicies>
}

/** What policies are found with. */
export interface PolicyCacheDependencies extends StartingPlans {
  readonly store: Pick<PolicyStore, 'policySnapshots'>
  readonly profiles: TenantProfiles
}

const MAX_TENANTS = 10_000
const EMPTY_SNAPSHOT: PolicySnapshot = { revision: '', plans: [], overrides: [] }

/**
 * Keeps the policies of tenants in memory without trusting them: every command names the revision that it was made with, and
 * the store rejects a command whose revision is stale. So a change applies to every decision that starts after it, in every
 * process.
 */
export function policyCache({ store, profiles, ...starting }: PolicyCacheDependencies): PolicyCache {
  const known = new Map<string, TenantPolicies>()
  const loadSnapshot = snapshotLoader(store)

  /** Looks up the profile after the snapshot was read: it may be newer than the revision, which is stale then, but never older. */
  async function remember(tenantId: string, snapshot: PolicySnapshot, transaction?: Transaction): Promise<TenantPolicies> {
    const policies = policiesOf(tenantId, snapshot, await profiles(tenantId, transaction))
    if (known.size >= MAX_TENANTS) known.clear()
    known.set(tenantId, policies)
    return policies
  }
  function policiesOf(tenantId: string, snapshot: PolicySnapshot, profile: TenantProfile): TenantPolicies {
    const policies = tenantPolicies(starting, tenantId, snapshot, profile)
    if (policies === undefined) throw new UnknownPlan(profile.plan, [...new Set([...starting.plans, ...snapshot.plans].map(({ name }) => name))])
    return policies
  }

  return {
    known: tenantId => known.get(tenantId),
    of: async tenantId => known.get(tenantId) ?? remember(tenantId, await loadSnapshot(tenantId)),
    async allOf(tenantIds, transaction) {
      const found = new Map(tenantIds.map(tenantId => [tenantId, known.get(tenantId)]))
      const missing = [...found.keys()].filter(tenantId => found.get(tenantId) === undefined)
      const snapshots = missing.length === 0 ? [] : await store.policySnapshots(missing, transaction)
      const loaded = await Promise.all(snapshots.map((snapshot, i) => remember(missing[i] ?? '', snapshot, transaction)))
      for (const policies of loaded) found.set(policies.tenantId, policies)
      return found as ReadonlyMap<string, TenantPolicies>
    },
    forget: tenantId => void known.delete(tenantId),
    lastKnown: async tenantId => known.get(tenantId) ?? policiesOf(tenantId, EMPTY_SNAPSHOT, await profiles(tenantId)),
  }
}
