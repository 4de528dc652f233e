import type { QuotaOverride } from './override.ts'
import type { QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'

/** Returns the policies of a tenant that are in effect at a time: one for each limit key, the plan's first, then those of overrides. */
export function policiesInEffect(plan: QuotaPlan, overrides: readonly QuotaOverride[], atMs: number): readonly QuotaPolicy[] {
  if (overrides.length === 0 && plan.policies.every(isAlwaysValid)) return plan.policies
  const byLimitKey = new Map<string, QuotaPolicy>()
  for (const policy of plan.policies) if (isValidAt(policy, atMs)) byLimitKey.set(policy.limitKey, policy)
  const ofPlan = new Map(byLimitKey)
  for (const { limitKey, policy } of overrides) {
    const inEffect = policy ?? ofPlan.get(limitKey)
    if (inEffect === undefined) byLimitKey.delete(limitKey)
    else if (isValidAt(inEffect, atMs)) byLimitKey.set(limitKey, inEffect)
  }
  return [...byLimitKey.values()]
}

function isAlwaysValid({ validFrom, validTo }: QuotaPolicy): boolean {
  return validFrom === null && validTo === null
}

function isValidAt({ validFrom, validTo }: QuotaPolicy, atMs: number): boolean {
  return (validFrom === null || validFrom.epochMilliseconds <= atMs) && (validTo === null || atMs < validTo.epochMilliseconds)
}
