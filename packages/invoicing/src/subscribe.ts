import { InvalidInput, NotFound, Temporal, toMicrosecond } from '@tollgate/kernel'
import { optionalTime } from '@tollgate/kernel/input'
import { advanceSubscription } from './advance-subscriptions.ts'
import { alongside, planInEffect } from './change-subscription.ts'
import { findPlanByReference } from './create-plans.ts'
import { nextChange } from './engine/subscriptions/phases.ts'
import { type NewTrial, startSubscription } from './engine/subscriptions/start-subscription.ts'
import { statusAt } from './engine/subscriptions/status-at.ts'
import type { BillingPlan } from './model/plans/billing-plan.ts'
import type { Subscription } from './model/subscriptions/subscription.ts'
import { OverlappingSubscription } from './model/subscriptions/subscription-errors.ts'
import type { SubscriptionsDependencies } from './subscription-dependencies.ts'
import type { StartTrialInput, SubscribeInput } from './subscriptions.ts'

const MAX_HOURS_AGO = 366 * 24

/** Subscribes a tenant. */
export function subscribe(dependencies: SubscriptionsDependencies, input: SubscribeInput): Promise<Subscription> {
  return start(dependencies, input, () => null)
}

/** Subscribes a tenant with a trial. Days are days of the tenant's calendar. */
export function startTrial(dependencies: SubscriptionsDependencies, { days = null, converts, ...input }: StartTrialInput): Promise<Subscription> {
  return start(dependencies, input, (plan, from) => {
    const length = days ?? plan.trialDays
    if (plan.trialDays === 0) throw new InvalidInput([{ path: 'plan', message: `the plan "${plan.key}" cannot be tried, because it has no trial days` }])
    if (!Number.isInteger(length) || length < 1) throw new InvalidInput([{ path: 'days', message: `must be an integer of 1 or more, not ${length}` }])
    return { endsAt: from.add({ days: length }).toInstant(), converts: converts ?? false }
  })
}

async function start(
  dependencies: SubscriptionsDependencies,
  { tenantId, plan: reference, seats, from: requested, anchorDay }: SubscribeInput,
  trialOf: (plan: BillingPlan, from: Temporal.ZonedDateTime) => NewTrial | null,
): Promise<Subscription> {
  const { store, tenants, clock, ids } = dependencies
  const tenant = await tenants.find(tenantId)
  if (tenant === undefined) throw new NotFound('tenant', tenantId)
  const plans = await dependencies.plans.all()
  const plan = findPlanByReference(plans, reference)
  const now = toMicrosecond(clock.now(tenantId))
  const from = toMicrosecond(optionalTime('from', requested) ?? now)
  if (Temporal.Instant.compare(from, now.subtract({ hours: MAX_HOURS_AGO })) < 0)
    throw new InvalidInput([{ path: 'from', message: 'must be at most a year ago' }])
  await checkOverlap(dependencies, { tenantId, from, now })
  const subscription = startSubscription(
    {
      id: ids.uuidV7(now.epochMilliseconds),
      tenantId,
      currency: tenant.currency,
      anchorDay: anchorDay ?? tenant.billingAnchorDay,
      timeZone: tenant.timeZone,
      previousTier: tenant.tier,
      plan,
      seats: seats ?? 1,
      from,
      trial: trialOf(plan, from.toZonedDateTimeISO(tenant.timeZone)),
    },
    now,
  )
  const change = { subscription, before: null, after: planInEffect(subscription, now, plans) }
  if (!(await store.add(subscription, alongside(dependencies, change)))) throw overlap(tenantId, 'another one was made at the same time.')
  return subscription
}

async function checkOverlap(
  dependencies: SubscriptionsDependencies,
  { tenantId, from, now }: { readonly tenantId: string; readonly from: Temporal.Instant; readonly now: Temporal.Instant },
): Promise<void> {
  const last = (await dependencies.store.ofTenant(tenantId)).at(-1)
  if (last === undefined) return
  const status = statusAt(last, now)
  if (status !== 'cancelled' && status !== 'expired') {
    throw overlap(tenantId, `it has one since ${last.startedAt.toString()}, which is ${status}. Change its plan instead, or cancel it first.`)
  }
  // One that has ended by itself is open in the store until it is advanced.
  const ended = last.endedAt === null && nextChange(last, last.advancedTo) !== null ? await advanceSubscription(dependencies, tenantId) : last
  const { endedAt } = ended
  if (endedAt !== null && Temporal.Instant.compare(from, endedAt) < 0)
    throw overlap(tenantId, `its last one ended at ${endedAt.toString()}. Start the new one then or later.`)
}

function overlap(tenantId: string, reason: string): OverlappingSubscription {
  return new OverlappingSubscription(tenantId, reason)
}
