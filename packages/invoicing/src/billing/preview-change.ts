import { type Decimal, InvalidInput, NotFound, type Period, Temporal, toMicrosecond, ZERO } from '@tollgate/kernel'
import { findPlanByReference } from '../create-plans.ts'
import { dueCharges } from '../engine/billing/due-charges.ts'
import { openCharges } from '../engine/billing/open-charges.ts'
import { billingPeriodOf } from '../engine/fees/fee-interval.ts'
import { orderCharges } from '../engine/invoices/order-charges.ts'
import { roundCharges } from '../engine/invoices/round-charges.ts'
import { changePlan, changeSeats } from '../engine/subscriptions/change-plan.ts'
import { type ChangeContext, type ChangeTime, changeTimeOf } from '../engine/subscriptions/change-time.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import { type BilledCharge, sumOf } from '../model/billing/due-charge.ts'
import type { InvoiceLineKind } from '../model/invoices/invoice-line.ts'
import type { BillingPlan } from '../model/plans/billing-plan.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'
import { readChangeTime } from '../read-change-time.ts'
import type { ChangePlanInput } from '../subscriptions.ts'
import { billingOf, loadRates, loadTenants } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'

/** A change of a subscription to preview: another plan, other seats, or both. */
export interface PreviewChangeInput extends Pick<ChangePlanInput, 'tenantId' | 'seats' | 'at'> {
  /** Defaults to the plan that the subscription has. Then `seats` is required. */
  readonly plan?: string | null | undefined
}

/** A fee on the invoice that settles a change. */
export interface FeePreviewLine {
  readonly kind: InvoiceLineKind
  readonly description: string
  readonly period: Period
  /** Before tax, in minor units. Negative for time that was billed and is not used. */
  readonly amount: Decimal
}

/** The fees on the invoice that settles a change. */
export interface FeePreview {
  readonly lines: readonly FeePreviewLine[]
  readonly total: Decimal
}

/** What a change of a subscription does to its fees. */
export interface ChangePreview {
  readonly takesEffectAt: Temporal.Instant
  /** End of the billing period whose invoice settles it. */
  readonly invoicedAt: Temporal.Instant
  /** ISO 4217. Of all amounts. */
  readonly currency: string
  /** Fees without the change. */
  readonly unchanged: FeePreview
  /** Fees with it. */
  readonly changed: FeePreview
  /** `changed` minus `unchanged`. */
  readonly difference: Decimal
}

/** Computes what a change would do to the fees of a subscription, as billing computes invoices. Changes nothing. Throws as the change does. */
export async function previewChange(dependencies: BillingDependencies, { tenantId, plan, seats, at: given }: PreviewChangeInput): Promise<ChangePreview> {
  const time = readChangeTime(given)
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const [[tenant], plans] = await Promise.all([loadTenants(dependencies, [tenantId], settings), dependencies.plans.all()])
  const subscription = tenant?.subscriptions.at(-1)?.subscription
  if (tenant === undefined || subscription === undefined) throw new NotFound('subscription of the tenant', tenantId)
  const context = { now: later(toMicrosecond(dependencies.clock.now(tenantId)), subscription.advancedTo), plans }
  const changed = changeOf(subscription, { plan, seats, at: time }, context)
  const takesEffectAt = changeTimeOf(subscription, time, context)
  const invoicedAt = settledAt(changed, takesEffectAt)
  const rates = await loadRates(dependencies, [{ ...tenant, subscriptions: [{ subscription: changed, plans }] }], invoicedAt)
  const { periods, billed } = billingOf(tenant.state, subscription.id)
  const since = periods[0]?.period.from ?? subscription.startedAt
  const fees = billed.filter(charge => isFee(charge) && Temporal.Instant.compare(charge.basis.to, since) > 0)
  const feesOf = (one: Subscription): FeePreview => {
    const due = dueCharges({ subscription: one, plans, periods: [], rates, billed: fees, through: invoicedAt, since })
    const { charges } = roundCharges(orderCharges(openCharges(due, fees)), { currency: one.currency, carriedIn: ZERO })
    const lines = charges.map(({ charge: { kind, description, period }, netAmount }) => ({ kind, description, period, amount: netAmount }))
    return { lines, total: sumOf(lines.map(({ amount }) => amount)) }
  }
  const [before, after] = [feesOf(subscription), feesOf(changed)]
  return { takesEffectAt, invoicedAt, currency: subscription.currency, unchanged: before, changed: after, difference: after.total.minus(before.total) }
}

interface Change {
  readonly plan: string | null | undefined
  readonly seats: number | null | undefined
  readonly at: ChangeTime
}

function changeOf(subscription: Subscription, { plan, seats, at }: Change, context: ChangeContext & { readonly plans: readonly BillingPlan[] }): Subscription {
  if (typeof plan === 'string') return changePlan(subscription, { plan: findPlanByReference(context.plans, plan), seats: seats ?? undefined, at }, context)
  if (typeof seats !== 'number') throw new InvalidInput([{ path: 'plan', message: 'is required if seats are not given' }])
  return changeSeats(subscription, { seats, at }, context)
}

/** Returns the end of the billing period whose invoice settles what happens at a time. Fees in advance are on the invoice of the moment that they start. */
function settledAt(subscription: Subscription, at: Temporal.Instant): Temporal.Instant {
  const period = billingPeriodOf(subscription, at)
  if (period.from.equals(at)) return at
  const endsAt = subscription.phases.at(-1)?.to ?? null
  return endsAt !== null && Temporal.Instant.compare(endsAt, period.to) < 0 ? endsAt : period.to
}

function isFee({ kind }: BilledCharge): boolean {
  return kind === 'recurring_fee' || kind === 'seats'
}

function later(a: Temporal.Instant, b: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(a, b) < 0 ? b : a
}
