import type { Temporal } from '@tollgate/kernel'
import type { QuotaPlan } from './plan.ts'
import type { QuotaPolicy } from './policy.ts'

/**
 * A policy for one tenant in place of its plan's for the same limit key, or beside them. Kept for ever; the latest one of a
 * limit key that is valid holds.
 */
export interface QuotaOverride {
  readonly id: string
  readonly tenantId: string
  readonly limitKey: string
  /** Null: what the plan says holds again. */
  readonly policy: QuotaPolicy | null
  readonly setBy: string | null
  readonly setAt: Temporal.Instant
}

/** All that decides which policies a tenant has, at one revision. */
export interface PolicySnapshot {
  /** Differs after every change of the tenant's overrides or of any plan. */
  readonly revision: string
  /** Plans that were published: each in place of the one that the program was started with, by name. */
  readonly plans: readonly QuotaPlan[]
  /** Of the tenant, in the order in which they were set. */
  readonly overrides: readonly QuotaOverride[]
}

/** The policies of a tenant that hold at a time: one for each limit key, in the order of the plan, then of the overrides. */
export function policiesInEffect(plan: QuotaPlan, overrides: readonly QuotaOverride[], atMs: number): readonly QuotaPolicy[] {
  if (overrides.length === 0 && plan.policies.every(isUnbounded)) return plan.policies
  const byLimitKey = new Map<string, QuotaPolicy>()
  for (const policy of plan.policies) if (holdsAt(policy, atMs)) byLimitKey.set(policy.limitKey, policy)
  const planned = new Map(byLimitKey)
  for (const { limitKey, policy } of overrides) {
    const inEffect = policy ?? planned.get(limitKey)
    if (inEffect === undefined) byLimitKey.delete(limitKey)
    else if (holdsAt(inEffect, atMs)) byLimitKey.set(limitKey, inEffect)
  }
  return [...byLimitKey.values()]
}

function isUnbounded({ validFrom, validTo }: QuotaPolicy): boolean {
  return validFrom === null && validTo === null
}

function holdsAt({ validFrom, validTo }: QuotaPolicy, atMs: number): boolean {
  return (validFrom === null || validFrom.epochMilliseconds <= atMs) && (validTo === null || atMs < validTo.epochMilliseconds)
}
