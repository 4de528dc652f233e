import { Temporal } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription, SubscriptionPhase } from '../../model/subscriptions/subscription.ts'
import { billingPlanOf } from './billing-plan.ts'

/** A phase as tests write it: until the next one starts, or for ever. The state defaults to active, seats to 1. */
export interface PhaseOfTest {
  readonly from: string
  readonly plan?: BillingPlan
  readonly state?: SubscriptionPhase['state']
  readonly seats?: number
}

/** Creates an active subscription of the tenant "acme" to phases that adjoin, in UTC with anchor day 1 unless a test changes it. */
export function subscriptionOf(phases: readonly PhaseOfTest[], changes: Partial<Subscription> = {}): Subscription {
  const starts = phases.map(({ from }) => Temporal.Instant.from(from))
  return {
    id: '01900000-0000-7000-8000-000000000001',
    tenantId: 'acme',
    status: 'active',
    currency: 'USD',
    anchorDay: 1,
    timeZone: 'UTC',
    startedAt: starts[0] as Temporal.Instant,
    trialEndsAt: null,
    cancelsAt: null,
    endedAt: null,
    previousTier: null,
    phases: phases.map(({ plan = billingPlanOf(), state = 'active', seats = 1 }, position) => ({
      from: starts[position] as Temporal.Instant,
      to: starts[position + 1] ?? changes.endedAt ?? changes.cancelsAt ?? null,
      state,
      plan: { name: plan.name, version: plan.version, key: plan.key },
      seats,
    })),
    advancedTo: starts[0] as Temporal.Instant,
    revision: 1,
    ...changes,
  }
}
