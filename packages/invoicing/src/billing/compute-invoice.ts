import { type Period, Temporal, ZERO } from '@tollgate/kernel'
import { chargedRanges } from '../engine/billing/charged-ranges.ts'
import { dueCharges, type PeriodToCharge } from '../engine/billing/due-charges.ts'
import { openCharges } from '../engine/billing/open-charges.ts'
import { orderCharges } from '../engine/invoices/order-charges.ts'
import { roundCharges } from '../engine/invoices/round-charges.ts'
import { billingPeriodOf } from '../engine/fees/fee-interval.ts'
import type { BillingPeriod } from '../model/billing/billed-period.ts'
import { BillingProfileMissing } from '../model/billing/billing-errors.ts'
import { type BilledCharge, type DueCharge, sumOf } from '../model/billing/due-charge.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { SubscriptionWithPlans } from './billable-subscriptions-reader.ts'
import { type BillingContext, billingOf, sellerOf, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { draftOf } from './draft-of.ts'

/** An invoice that was computed and is not stored. */
export interface ComputedInvoice {
  readonly draft: StoredInvoice
  readonly charges: readonly DueCharge[]
  /** What is due minus what the lines bill, before tax. */
  readonly rounding: DueCharge['amount']
}

/** Which invoice to compute. */
export interface InvoiceToCompute {
  readonly subscribed: SubscriptionWithPlans
  /** The period that the invoice is for. Empty for the first invoice of a subscription. */
  readonly period: BillingPeriod
  /** Periods that were billed with nothing due since the last invoice. */
  readonly skipped: readonly BillingPeriod[]
  /** Bills what is due at this time. */
  readonly at: Temporal.Instant
}

/**
 * Computes the invoice of a period: everything that is due at its end and has not been billed, of this period and of the ones
 * before it. Returns undefined if nothing is due, or if more is to be given back than charged: then the next invoice settles
 * it, unless the subscription has ended.
 */
export async function computeInvoice(
  dependencies: BillingDependencies,
  context: BillingContext,
  tenant: TenantBilling,
  request: InvoiceToCompute,
): Promise<ComputedInvoice | undefined> {
  const { subscription } = request.subscribed
  const open = await computeOpenCharges(dependencies, context, tenant, request)
  const { carriedOver } = billingOf(tenant.state, subscription.id)
  const rounded = roundCharges(open, { currency: subscription.currency, carriedIn: carriedOver })
  if (rounded.charges.every(({ amount, netAmount }) => amount.isZero() && netAmount.isZero())) return undefined
  const net = sumOf(rounded.charges.map(({ netAmount }) => netAmount))
  const endsAt = subscription.phases.at(-1)?.to ?? null
  if (net.lt(0) && (endsAt === null || Temporal.Instant.compare(request.at, endsAt) < 0)) return undefined
  if (tenant.profile === undefined) throw new BillingProfileMissing(tenant.tenantId)
  sellerOf(context.settings)
  const { currency } = subscription
  const { invoice } = await draftOf(context, tenant, {
    subscription,
    currency,
    period: request.period.period,
    shown: shownPeriod(subscription, request.period.period),
    rounded: rounded.charges,
  })
  const charges = rounded.charges.map(({ charge }) => charge)
  return { draft: invoice, charges, rounding: rounded.carriedOver.minus(carriedOver) }
}

/** Returns what is due and not billed, in the order of an invoice. */
export async function computeOpenCharges(
  dependencies: BillingDependencies,
  { rates }: Pick<BillingContext, 'rates'>,
  { tenantId, state }: Pick<TenantBilling, 'tenantId' | 'state'>,
  { subscribed, period, skipped, at }: InvoiceToCompute,
): Promise<readonly DueCharge[]> {
  const { subscription, plans } = subscribed
  const billing = billingOf(state, subscription.id)
  const considered = [...billing.periods, ...skipped, period]
  const since = considered[0]?.period.from ?? subscription.startedAt
  const billed = billing.billed.filter(({ basis }) => Temporal.Instant.compare(basis.to, since) > 0)
  const periods = await chargePeriods(dependencies, { tenantId, subscribed, periods: considered, billed })
  return orderCharges(openCharges(dueCharges({ subscription, plans, periods, rates, billed, through: at, since }), billed))
}

/** Reads the usage and the consumed credits of periods. */
async function chargePeriods(
  { usage, credits }: Pick<BillingDependencies, 'usage' | 'credits'>,
  {
    tenantId,
    subscribed,
    periods,
    billed,
  }: {
    readonly tenantId: string
    readonly subscribed: SubscriptionWithPlans
    readonly periods: readonly BillingPeriod[]
    readonly billed: readonly BilledCharge[]
  },
): Promise<readonly PeriodToCharge[]> {
  const used = periods.flatMap(billing => {
    const ranges = chargedRanges(subscribed.subscription, billing.period)
    return ranges.length === 0 ? [] : [{ ...billing, ranges, discounted: discountedIn(billing.period, billed) }]
  })
  if (used.length === 0) return []
  const [usages, consumed] = await Promise.all([usage.read(tenantId, used), consumedIn(credits, tenantId, { subscribed, periods: used })])
  return used.map(({ period, lineDimensions }, i) => {
    const ofPeriod = usages[i]
    if (ofPeriod === undefined) throw new TypeError('The usage of a period is missing')
    return { period, lineDimensions, usage: ofPeriod, consumedCredits: consumed[i] ?? ZERO }
  })
}

/** Reads the consumed credits, if they pay anything. */
async function consumedIn(
  credits: BillingDependencies['credits'],
  tenantId: string,
  { subscribed: { plans }, periods }: { readonly subscribed: SubscriptionWithPlans; readonly periods: readonly BillingPeriod[] },
): Promise<readonly DueCharge['amount'][]> {
  if (plans.every(({ creditValue }) => creditValue === null)) return []
  return credits.consumed(
    tenantId,
    periods.map(({ period }) => period),
  )
}

function discountedIn(period: Period, billed: readonly BilledCharge[]): ReadonlyMap<string, DueCharge['amount']> {
  const discounts = billed
    .filter(({ kind, basis }) => kind === 'usage' && basis.from.equals(period.from) && basis.to.equals(period.to))
    .flatMap(charge => charge.discounts)
  return new Map([...Map.groupBy(discounts, ({ promotion }) => promotion)].map(([name, of]) => [name, sumOf(of.map(({ amount }) => amount))]))
}

/** Returns the period that an invoice shows. The first invoice of a subscription is for the period that begins. */
export function shownPeriod(subscription: SubscriptionWithPlans['subscription'], period: Period): Period {
  return period.from.equals(period.to) ? { from: period.from, to: billingPeriodOf(subscription, period.from).to } : period
}
