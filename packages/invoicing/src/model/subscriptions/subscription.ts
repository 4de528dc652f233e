import type { Temporal } from '@tollgate/kernel'

/** The states of a subscription. `scheduled` is one that starts in the future. `cancelled` and `expired` (a trial that was not converted) are final. */
export const SUBSCRIPTION_STATUSES = ['scheduled', 'trialing', 'active', 'paused', 'cancelled', 'expired'] as const

/** The state of a subscription. */
export type SubscriptionStatus = (typeof SUBSCRIPTION_STATUSES)[number]

/** What a tenant has bought: the plans that it was, is and will be on. A tenant has at most one subscription at any time. */
export interface Subscription {
  /** A UUIDv7. */
  readonly id: string
  readonly tenantId: string
  /** At `advancedTo`; `statusAt` returns it for any time. */
  readonly status: SubscriptionStatus
  /** ISO 4217. Of its invoices. */
  readonly currency: string
  /** Day of the month on which billing periods start, 1 to 31; the last day of shorter months. */
  readonly anchorDay: number
  /** IANA time zone of the billing periods. */
  readonly timeZone: string
  readonly startedAt: Temporal.Instant
  /** End of the trial. Null if there was none. */
  readonly trialEndsAt: Temporal.Instant | null
  /** When a requested cancellation takes effect. Null if none is requested. */
  readonly cancelsAt: Temporal.Instant | null
  readonly endedAt: Temporal.Instant | null
  /** Tier that the tenant had until the subscription started. Null for none. */
  readonly previousTier: string | null
  /** In order and adjoining, from the start. Only the last may have no end. Phases that start in the future are scheduled. */
  readonly phases: readonly SubscriptionPhase[]
  /** Time until which its changes have taken effect on the tier, quotas and credits of the tenant. */
  readonly advancedTo: Temporal.Instant
  /** Counts up with every change, so that concurrent changes are noticed. */
  readonly revision: number
}

/** A stretch of a subscription with the same plan, seats and state. */
export interface SubscriptionPhase {
  readonly from: Temporal.Instant
  readonly to: Temporal.Instant | null
  /** `trial` and `paused` phases have no fees; usage is charged in `active` phases only. */
  readonly state: 'trial' | 'active' | 'paused'
  readonly plan: PlanVersion
  readonly seats: number
}

/** Names one version of a plan. */
export interface PlanVersion {
  readonly name: string
  readonly version: number
  /** As in `BillingPlan.key`. */
  readonly key: string
}
