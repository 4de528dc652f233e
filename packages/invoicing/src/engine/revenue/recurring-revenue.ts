import { type Decimal, Temporal, ZERO } from '@tollgate/kernel'
import type { BillingPlan } from '../../model/plans/billing-plan.ts'
import type { Subscription } from '../../model/subscriptions/subscription.ts'
import { findPlan } from '../fees/find-plan.ts'
import { phaseAt } from '../subscriptions/phases.ts'
import { monthlyRevenue } from './monthly-revenue.ts'

/** Why monthly recurring revenue changes. */
export const REVENUE_MOVEMENTS = ['new', 'expansion', 'contraction', 'churn', 'reactivation'] as const

/** Why monthly recurring revenue changes. */
export type RevenueMovementKind = (typeof REVENUE_MOVEMENTS)[number]

/** A change of the monthly recurring revenue of a tenant. */
export interface RevenueMovement {
  readonly tenantId: string
  readonly at: Temporal.Instant
  readonly kind: RevenueMovementKind
  /** Negative for contraction and churn. */
  readonly amount: Decimal
}

/** Monthly recurring revenue at a time, and what changed it. */
export interface RecurringRevenue {
  readonly at: Temporal.Instant
  readonly currency: string
  readonly mrr: Decimal
  /** Twelve times `mrr`. */
  readonly arr: Decimal
  /** Sums of the movements from `since` until `at`, both included. Over all time they add up to `mrr`. */
  readonly movements: Readonly<Record<RevenueMovementKind, Decimal>>
  /** Number of tenants with recurring revenue. */
  readonly payingTenants: number
}

/** What to sum up. */
export interface RevenueQuery {
  readonly at: Temporal.Instant
  /** Start of the movements. Null for all. */
  readonly since: Temporal.Instant | null
  readonly currency: string
}

/** Sums up recurring revenue. Add the subscriptions tenant by tenant, all of a tenant together. */
export interface RevenueSum {
  add(subscriptions: readonly Subscription[], plans: readonly BillingPlan[]): void
  total(): RecurringRevenue
}

/** Starts a sum of the recurring revenue of plans in one currency. */
export function sumRecurringRevenue({ at, since, currency }: RevenueQuery): RevenueSum {
  let mrr = ZERO
  let payingTenants = 0
  const movements: Record<RevenueMovementKind, Decimal> = { new: ZERO, expansion: ZERO, contraction: ZERO, churn: ZERO, reactivation: ZERO }
  return {
    add(subscriptions, plans) {
      const revenue = revenueAt(subscriptions, plans, { at, currency })
      mrr = mrr.plus(revenue)
      if (revenue.gt(0)) payingTenants += 1
      for (const movement of revenueMovements(subscriptions, plans, currency)) {
        const isCounted = Temporal.Instant.compare(movement.at, at) <= 0 && (since === null || Temporal.Instant.compare(movement.at, since) >= 0)
        if (isCounted) movements[movement.kind] = movements[movement.kind].plus(movement.amount)
      }
    },
    total: () => ({ at, currency, mrr, arr: mrr.times(12), movements: { ...movements }, payingTenants }),
  }
}

/** Returns the monthly recurring revenue of the subscriptions of a tenant at a time. */
function revenueAt(subscriptions: readonly Subscription[], plans: readonly BillingPlan[], { at, currency }: Pick<RevenueQuery, 'at' | 'currency'>): Decimal {
  return subscriptions.reduce((sum, subscription) => {
    const phase = phaseAt(subscription, at)
    return phase === null ? sum : sum.plus(revenueIn(currency, findPlan(plans, phase.plan), phase))
  }, ZERO)
}

/**
 * Returns the changes of the monthly recurring revenue of a tenant in order of time, scheduled ones included. Revenue that
 * returns after none, such as after a pause, is a reactivation.
 */
export function revenueMovements(subscriptions: readonly Subscription[], plans: readonly BillingPlan[], currency: string): readonly RevenueMovement[] {
  const movements: RevenueMovement[] = []
  let before = ZERO
  let hasPaid = false
  for (const { tenantId, at, revenue } of revenueSteps(subscriptions, plans, currency)) {
    if (!revenue.eq(before)) movements.push({ tenantId, at, kind: kindOf(before, revenue, hasPaid), amount: revenue.minus(before) })
    before = revenue
    hasPaid ||= revenue.gt(0)
  }
  return movements
}

function* revenueSteps(subscriptions: readonly Subscription[], plans: readonly BillingPlan[], currency: string) {
  const phases = subscriptions
    .flatMap(({ tenantId, phases: own }) => own.map(phase => ({ tenantId, phase })))
    .toSorted((a, b) => Temporal.Instant.compare(a.phase.from, b.phase.from))
  for (const [position, { tenantId, phase }] of phases.entries()) {
    yield { tenantId, at: phase.from, revenue: revenueIn(currency, findPlan(plans, phase.plan), phase) }
    const next = phases[position + 1]?.phase.from
    const isFollowed = phase.to === null || (next !== undefined && next.equals(phase.to))
    if (!isFollowed) yield { tenantId, at: phase.to, revenue: ZERO }
  }
}

function revenueIn(currency: string, plan: BillingPlan, phase: Subscription['phases'][number]): Decimal {
  return plan.currency === currency ? monthlyRevenue(plan, phase) : ZERO
}

function kindOf(before: Decimal, after: Decimal, hasPaid: boolean): RevenueMovementKind {
  if (before.isZero()) return hasPaid ? 'reactivation' : 'new'
  if (after.isZero()) return 'churn'
  return after.gt(before) ? 'expansion' : 'contraction'
}
