import { policiesInEffect } from './policies-in-effect.ts'
import type { QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'
import type { PolicySnapshot } from './policy-snapshot.ts'
import type { TenantProfile } from './tenant-profile.ts'
import { type UsageGrouping, usageGrouping } from './usage-grouping.ts'
import type { QuotaCalendar } from '../limits/window.ts'

/** The policies of one tenant at one revision. */
export interface TenantPolicies {
  readonly tenantId: string
  readonly revision: string
  readonly plan: QuotaPlan
  readonly calendar: QuotaCalendar
  readonly grouping: UsageGrouping
  inEffect(atMs: number): readonly QuotaPolicy[]
}

/** Which plans there are, beside those published in a snapshot. */
export interface StartingPlans {
  /** The plans that the program was started with. */
  readonly plans: readonly QuotaPlan[]
  /** Name of the plan for tenants whose own plan does not exist. */
  readonly fallbackPlan: string | undefined
}

/** Returns the policies of a tenant with this snapshot and profile. Undefined if its plan does not exist and there is no fallback. */
export function tenantPolicies(starting: StartingPlans, tenantId: string, snapshot: PolicySnapshot, profile: TenantProfile): TenantPolicies | undefined {
  const plan =
    findPlan(starting, profile.plan, snapshot) ?? (starting.fallbackPlan === undefined ? undefined : findPlan(starting, starting.fallbackPlan, snapshot))
  if (plan === undefined) return undefined
  const { revision, overrides } = snapshot
  const grouping = usageGrouping([...plan.policies, ...overrides.flatMap(({ policy }) => policy ?? [])])
  return { tenantId, revision, plan, calendar: profile, grouping, inEffect: atMs => policiesInEffect(plan, overrides, atMs) }
}

/** Returns the plan of a name: the published one, or else the one that the program was started with. */
export function findPlan({ plans }: Pick<StartingPlans, 'plans'>, wanted: string, snapshot: Pick<PolicySnapshot, 'plans'>): QuotaPlan | undefined {
  return snapshot.plans.find(({ name }) => name === wanted) ?? plans.find(({ name }) => name === wanted)
}

/** Whether a tenant with this profile may have the plan of a name: as its own plan, or as its fallback. */
export function mayHavePlan({ plans, fallbackPlan }: StartingPlans, profile: TenantProfile, plan: string): boolean {
  return profile.plan === plan || (fallbackPlan === plan && plans.every(({ name }) => name !== profile.plan))
}
