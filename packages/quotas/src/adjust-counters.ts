import type { Transaction } from '@tollgate/kernel'
import { alertTerms } from './engine/reviews/find-reviews.ts'
import type { PolicyChange } from './engine/seeds/find-seeds.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import type { QuotaOverride } from './model/policies/override.ts'
import type { QuotaPlan } from './model/policies/plan.ts'
import type { QuotaPolicy } from './model/policies/policy.ts'
import { findPlan, mayHavePlan, type StartingPlans, tenantPolicies } from './model/policies/tenant-policies.ts'
import type { TenantProfile } from './model/policies/tenant-profile.ts'
import type { AdjustCounters, AdjustingCommand, PolicyStore } from './policy-store.ts'
import type { PlanTenantsQuery, RecordedUsage } from './recorded-usage.ts'
import { reviewCounters } from './review-counters.ts'
import { seedCounters } from './seed-counters.ts'
import type { TenantProfiles } from './tenant-profiles.ts'

/** What counters are adjusted with after a change of policies. */
export interface AdjustDependencies extends CounterFinder, StartingPlans {
  /** Undefined: new counters start at 0. */
  readonly recordedUsage: RecordedUsage | undefined
  readonly store: Pick<PolicyStore, 'plans' | 'policySnapshots' | 'readReached'>
  readonly profiles: TenantProfiles
  /** Called once nobody else counts usage: windows may have ended while waiting for that. */
  readonly nowMs: (tenantId: string) => number
}

/** Tenants whose policies are read together. */
const MAX_TENANTS = 500

/** Returns what adjusts the counters of a new override. */
export function adjustForOverride(dependencies: AdjustDependencies, override: QuotaOverride): AdjustCounters {
  const { store, profiles } = dependencies
  const { tenantId } = override
  return async transaction => {
    const [snapshot] = await store.policySnapshots([tenantId], transaction)
    const profile = await profiles(tenantId, transaction)
    if (snapshot === undefined) return []
    const changed = { ...snapshot, overrides: [...snapshot.overrides, override] }
    const before = tenantPolicies(dependencies, tenantId, snapshot, profile)
    return adjustAll(dependencies, transaction, [{ before, after: tenantPolicies(dependencies, tenantId, changed, profile) }])
  }
}

/** Returns what adjusts the counters of a tenant with another plan or calendar. Without the previous profile, adjusts all its counters. */
export function adjustForTenant(dependencies: AdjustDependencies, tenantId: string, previous: TenantProfile | undefined): AdjustCounters {
  const { store, profiles } = dependencies
  return async transaction => {
    const [snapshot] = await store.policySnapshots([tenantId], transaction)
    const profile = await profiles(tenantId, transaction)
    if (snapshot === undefined) return []
    const before = previous === undefined ? undefined : tenantPolicies(dependencies, tenantId, snapshot, previous)
    return adjustAll(dependencies, transaction, [{ before, after: tenantPolicies(dependencies, tenantId, snapshot, profile) }])
  }
}

/** Returns what adjusts the counters of a published plan, for all its tenants with recorded usage. */
export function adjustForPlan(dependencies: AdjustDependencies, plan: QuotaPlan): AdjustCounters {
  const { store, recordedUsage } = dependencies
  return async transaction => {
    if (recordedUsage === undefined) return []
    const published = await store.plans(transaction)
    if (!changesCounters(findPlan(dependencies, plan.name, { plans: published }), plan)) return []
    const tenantIds = await recordedUsage.tenants(transaction, tenantsOf(dependencies, published, plan.name))
    const changes: PolicyChange[] = []
    for (let from = 0; from < tenantIds.length; from += MAX_TENANTS) {
      changes.push(...(await changesOf(dependencies, transaction, tenantIds.slice(from, from + MAX_TENANTS), plan)))
    }
    return adjustAll(dependencies, transaction, changes)
  }
}

/** Returns which tenants may have a plan: those whose plan it is, and for the fallback plan, also those whose plan does not exist. */
function tenantsOf({ plans, fallbackPlan }: StartingPlans, published: readonly QuotaPlan[], name: string): PlanTenantsQuery {
  if (name !== fallbackPlan) return { plan: name }
  const others = new Set([...plans, ...published].map(plan => plan.name))
  others.delete(name)
  return { planNotIn: [...others] }
}

/** Returns what a published plan changes for those of the tenants that may have it. */
async function changesOf(
  dependencies: AdjustDependencies,
  transaction: Transaction,
  tenantIds: readonly string[],
  plan: QuotaPlan,
): Promise<readonly PolicyChange[]> {
  const { store, profiles } = dependencies
  const found = await Promise.all(tenantIds.map(async tenantId => profiles(tenantId, transaction)))
  const concerned = tenantIds.flatMap((tenantId, i) => {
    const profile = found[i]
    return profile !== undefined && mayHavePlan(dependencies, profile, plan.name) ? [{ tenantId, profile }] : []
  })
  const snapshots = await store.policySnapshots(
    concerned.map(({ tenantId }) => tenantId),
    transaction,
  )
  return concerned.flatMap(({ tenantId, profile }, i): PolicyChange[] => {
    const snapshot = snapshots[i]
    if (snapshot === undefined) return []
    const changed = { ...snapshot, plans: [...snapshot.plans.filter(({ name }) => name !== plan.name), plan] }
    const before = tenantPolicies(dependencies, tenantId, snapshot, profile)
    return [{ before, after: tenantPolicies(dependencies, tenantId, changed, profile) }]
  })
}

async function adjustAll(dependencies: AdjustDependencies, transaction: Transaction, changes: readonly PolicyChange[]): Promise<readonly AdjustingCommand[]> {
  const { recordedUsage } = dependencies
  const seeds = recordedUsage === undefined ? [] : await seedCounters({ ...dependencies, recordedUsage }, transaction, changes)
  // Seeds come first: what they add counts for alerts.
  return [...seeds, ...(await reviewCounters(dependencies, transaction, changes))]
}

/** Whether the plan has a new limit key, or alerts at other amounts than before. Otherwise no tenant need be looked at. */
function changesCounters(before: QuotaPlan | undefined, after: QuotaPlan): boolean {
  const terms = (policy: QuotaPolicy) =>
    JSON.stringify([policy.limitKey, policy.validFrom?.epochMilliseconds ?? null, policy.validTo?.epochMilliseconds ?? null, alertTerms(policy)])
  const known = new Set(before?.policies.map(terms))
  return before === undefined || after.policies.some(policy => !known.has(terms(policy)))
}
