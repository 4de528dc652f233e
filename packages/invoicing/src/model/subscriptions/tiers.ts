import type { Temporal } from '@tollgate/kernel'
import type { Subscription, SubscriptionPhase } from './subscription.ts'

/** Tier of a tenant whose subscription is paused. Its quotas deny everything. */
export const PAUSED_TIER = 'paused'

/** Tier of a tenant whose subscription has ended. */
export const TIER_AFTER_END = 'free'

/** Returns the tier of a tenant in a phase of its subscription. */
export function tierOf({ state, plan }: Pick<SubscriptionPhase, 'state' | 'plan'>): string {
  return state === 'paused' ? PAUSED_TIER : plan.key
}

/** The tier that a tenant has from a time on. */
export interface TierChange {
  readonly from: Temporal.Instant
  /** Null for none. */
  readonly tier: string | null
}

/** The tiers of a tenant over time. */
export interface TierHistory {
  /** Before the first change. Null for none. */
  readonly before: string | null
  /** In order of time. */
  readonly changes: readonly TierChange[]
}

/**
 * Returns the tiers that the subscriptions of a tenant gave it, oldest first. Between two subscriptions it has the tier that it had when the
 * second one was made; after the last one has ended, its current tier.
 */
export function tierHistory(subscriptions: readonly Subscription[], currentTier: string | null): TierHistory {
  const changes: TierChange[] = []
  subscriptions.forEach(({ phases, endedAt }, position) => {
    changes.push(...phases.map(phase => ({ from: phase.from, tier: tierOf(phase) })))
    const end = phases.at(-1)?.to ?? null
    if (end === null) return
    const next = subscriptions[position + 1]
    const after = next === undefined ? (endedAt === null ? TIER_AFTER_END : currentTier) : next.previousTier
    changes.push({ from: end, tier: after })
  })
  const [first] = subscriptions
  return { before: first === undefined ? currentTier : first.previousTier, changes: withoutRepeats(changes) }
}

/** Keeps the last of changes at the same time, and leaves out those to the same tier. */
function withoutRepeats(changes: readonly TierChange[]): readonly TierChange[] {
  const last = changes.filter(({ from }, position) => !(changes[position + 1]?.from.equals(from) ?? false))
  return last.filter(({ tier }, position) => position === 0 || tier !== last[position - 1]?.tier)
}
