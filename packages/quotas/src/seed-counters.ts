import { Temporal, type Transaction, ZERO } from '@tollgate/kernel'
import type { SeedCommand } from './engine/commands/seed.ts'
import type { Demand } from './engine/demands/demand.ts'
import type { CounterFinder } from './engine/demands/make-demands.ts'
import { findSeeds, type PolicyChange, type Seed } from './engine/seeds/find-seeds.ts'
import type { DimensionValues } from './model/dimension.ts'
import type { QuotaOverride } from './model/override.ts'
import type { QuotaPlan } from './model/plan.ts'
import type { QuotaPolicy } from './model/policy.ts'
import { findPlan, mayHavePlan, type StartingPlans, tenantPolicies } from './model/tenant-policies.ts'
import type { TenantProfile } from './model/tenant-profile.ts'
import type { PolicyStore, SeedCounters } from './policy-store.ts'
import type { RecordedUsage } from './recorded-usage.ts'
import type { TenantProfiles } from './tenant-profiles.ts'

/** What counters are seeded with. */
export interface SeedDependencies extends CounterFinder, StartingPlans {
  readonly recordedUsage: RecordedUsage
  readonly store: Pick<PolicyStore, 'policySnapshots'>
  readonly profiles: TenantProfiles
  /** Called once nobody else counts usage: windows may have ended while waiting for that. */
  readonly nowMs: (tenantId: string) => number
}

/** Tenants whose usage is read together. */
const MAX_TENANTS = 500

/** Returns what seeds the counters of a new override. */
export function seedForOverride(dependencies: SeedDependencies, override: QuotaOverride): SeedCounters {
  const { store, profiles } = dependencies
  const { tenantId } = override
  return async transaction => {
    const [snapshot] = await store.policySnapshots([tenantId], transaction)
    const profile = await profiles(tenantId, transaction)
    if (snapshot === undefined) return []
    const changed = { ...snapshot, overrides: [...snapshot.overrides, override] }
    const before = tenantPolicies(dependencies, tenantId, snapshot, profile)
    return seedAll(dependencies, transaction, [{ before, after: tenantPolicies(dependencies, tenantId, changed, profile) }])
  }
}

/** Returns what seeds the counters of a tenant with another plan or calendar. Without the previous profile, seeds all its counters. */
export function seedForTenant(dependencies: SeedDependencies, tenantId: string, previous: TenantProfile | undefined): SeedCounters {
  const { store, profiles } = dependencies
  return async transaction => {
    const [snapshot] = await store.policySnapshots([tenantId], transaction)
    const profile = await profiles(tenantId, transaction)
    if (snapshot === undefined) return []
    const before = previous === undefined ? undefined : tenantPolicies(dependencies, tenantId, snapshot, previous)
    return seedAll(dependencies, transaction, [{ before, after: tenantPolicies(dependencies, tenantId, snapshot, profile) }])
  }
}

/** Returns what seeds the counters of a published plan, for all its tenants. */
export function seedForPlan(dependencies: SeedDependencies, plan: QuotaPlan): SeedCounters {
  const { store, recordedUsage, profiles } = dependencies
  return async transaction => {
    const tenantIds = await recordedUsage.tenants(transaction)
    const [any] = await store.policySnapshots(tenantIds.slice(0, 1), transaction)
    if (any === undefined || addsNoLimitKey(findPlan(dependencies, plan.name, any), plan)) return []
    const found = await Promise.all(tenantIds.map(async tenantId => profiles(tenantId, transaction)))
    const concerned = tenantIds.flatMap((tenantId, i) => {
      const profile = found[i]
      return profile !== undefined && mayHavePlan(dependencies, profile, plan.name) ? [{ tenantId, profile }] : []
    })
    const changes: PolicyChange[] = []
    for (const some of chunksOf(concerned, MAX_TENANTS)) {
      const snapshots = await store.policySnapshots(
        some.map(({ tenantId }) => tenantId),
        transaction,
      )
      some.forEach(({ tenantId, profile }, i) => {
        const snapshot = snapshots[i]
        if (snapshot === undefined) return
        const changed = { ...snapshot, plans: [...snapshot.plans.filter(({ name }) => name !== plan.name), plan] }
        const before = tenantPolicies(dependencies, tenantId, snapshot, profile)
        changes.push({ before, after: tenantPolicies(dependencies, tenantId, changed, profile) })
      })
    }
    return seedAll(dependencies, transaction, changes)
  }
}

/** Whether the plan before had every limit key at the same times. Mostly only limits change, and no tenant need be looked at. */
function addsNoLimitKey(before: QuotaPlan | undefined, after: QuotaPlan): boolean {
  const validity = ({ limitKey, validFrom, validTo }: QuotaPolicy) =>
    JSON.stringify([limitKey, validFrom?.epochMilliseconds ?? null, validTo?.epochMilliseconds ?? null])
  const known = new Set(before?.policies.map(validity))
  return before !== undefined && after.policies.every(policy => known.has(validity(policy)))
}

/** Reads the usage that seeds need. Tenants that need the same time ranges of the same limit key are read together. */
async function seedAll(dependencies: SeedDependencies, transaction: Transaction, changes: readonly PolicyChange[]): Promise<readonly SeedCommand[]> {
  const { nowMs, recordedUsage } = dependencies
  const seeds = changes.flatMap(change =>
    change.after === undefined ? [] : findSeeds(change, { nowMs: nowMs(change.after.tenantId), aheadMs: recordedUsage.aheadMs }, dependencies),
  )
  const alike = Map.groupBy(seeds, ({ policy: { limitKey }, ranges }) => JSON.stringify([limitKey, ranges.map(({ fromMs, toMs }) => [fromMs, toMs])]))
  const commands: SeedCommand[] = []
  for (const same of alike.values()) {
    for (const some of chunksOf(same, MAX_TENANTS)) commands.push(...(await seedAlike(dependencies, transaction, some)))
  }
  return commands
}

async function seedAlike(
  { recordedUsage, counterOf, nowMs }: SeedDependencies,
  transaction: Transaction,
  seeds: readonly Seed[],
): Promise<readonly SeedCommand[]> {
  const [first] = seeds
  if (first === undefined) return []
  const { metric, operation, scope } = first.policy
  const byTenant = new Map(seeds.map(seed => [seed.tenantId, seed]))
  const periods = first.ranges.map(({ fromMs, toMs }) => ({ from: instant(fromMs), to: instant(toMs) }))
  const sums = await recordedUsage.sums(transaction, { tenantIds: [...byTenant.keys()], metric, operation, scope, periods })

  /** By counter key, then by the time that stands for the step. */
  const demands = new Map<string, Map<number, Demand>>()
  for (const { tenantId, period, scopeValues, amount } of sums) {
    const seed = byTenant.get(tenantId)
    const range = seed?.ranges[period]
    if (seed === undefined || range === undefined || amount.isZero()) continue
    const { policy } = seed
    const values: DimensionValues = Object.fromEntries(scope.map((dimension, i) => [dimension, scopeValues[i]]))
    const counter = counterOf(tenantId, policy, values, range.window)
    const ofCounter = demands.get(counter.key) ?? new Map<number, Demand>()
    const known = ofCounter.get(range.atMs)?.amount ?? ZERO
    ofCounter.set(range.atMs, { request: 0, counter, policy, amount: known.plus(amount), atMs: range.atMs })
    demands.set(counter.key, ofCounter)
  }
  return [...demands.values()].flatMap((ofCounter): SeedCommand[] => {
    const ofSteps = [...ofCounter.values()]
    const tenantId = ofSteps[0]?.counter.tenantId
    return tenantId === undefined ? [] : [{ kind: 'seed', tenantId, nowMs: nowMs(tenantId), demands: ofSteps }]
  })
}

function chunksOf<Item>(items: readonly Item[], size: number): (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size))
}

function instant(epochMilliseconds: number): Temporal.Instant {
  return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
}
