import { type Decimal, InvalidInput, type Period, Temporal, ZERO } from '@tollgate/kernel'
import { chargedRanges } from '../engine/billing/charged-ranges.ts'
import { rangeCharges } from '../engine/billing/due-charges.ts'
import { periodsToBill } from '../engine/billing/billing-dates.ts'
import type { PeriodUsage } from '../engine/billing/usage-dues.ts'
import { invoiceIdOf } from '../engine/invoices/invoice-ids.ts'
import { orderCharges } from '../engine/invoices/order-charges.ts'
import { roundCharges } from '../engine/invoices/round-charges.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import { type DueCharge, sumOf } from '../model/billing/due-charge.ts'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'
import type { TaxTotal } from '../model/tax/tax.ts'
import type { SubscriptionWithPlans } from './billable-subscriptions-reader.ts'
import { lineDimensionsOf } from './bill-tenant.ts'
import { type BillingContext, billingOf, loadContext, loadRates, loadTenants, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { computeOpenCharges } from './compute-invoice.ts'
import { draftOf } from './draft-of.ts'
import { findStoredInvoice } from './find-invoice.ts'

/** What a tenant is charged in a range. */
export interface BillingSummary {
  readonly tenantId: string
  readonly range: Period
  /** ISO 4217. Of all amounts but `cost`. */
  readonly currency: string
  readonly usage: { readonly calls: number; readonly unpricedCalls: number; readonly tokens: Decimal }
  /** What providers charge, in `costCurrency`. */
  readonly cost: Decimal
  readonly costCurrency: string
  /** Before discounts, credits and tax. */
  readonly charges: Decimal
  readonly discounts: Decimal
  readonly credits: Decimal
  /** `charges` − `discounts` − `credits`. */
  readonly subtotal: Decimal
  /** Null if it is unknown, because the seller or the billing profile is missing. */
  readonly tax: Decimal | null
  readonly taxes: readonly TaxTotal[]
  /** With tax, if it is known. */
  readonly total: Decimal
  readonly lines: readonly Omit<InvoiceLine, 'tax'>[]
  /** The finalised invoice of the range. Null if there is none. */
  readonly invoice: StoredInvoice | null
}

/**
 * Summarises what a tenant is charged in a range. For a billing period, this is its invoice: the finalised one, or what it
 * would be now. For any other range, it is the usage of the range and the share of the fees.
 */
export async function summarizeBilling(dependencies: BillingDependencies, tenantId: string, range: Period): Promise<BillingSummary> {
  if (Temporal.Instant.compare(range.from, range.to) >= 0) throw new InvalidInput([{ path: 'range.to', message: 'must be after from' }])
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const [tenant] = await loadTenants(dependencies, [tenantId], settings)
  if (tenant === undefined) throw new TypeError('The tenant was not loaded')
  const context = await loadContext(dependencies, await loadRates(dependencies, [tenant], range.to))
  const subscribed = tenant.subscriptions.findLast(({ subscription }) => Temporal.Instant.compare(subscription.startedAt, range.to) < 0)
  const usage = await usageOf(dependencies, tenant, { subscribed, range, context })
  const invoice = subscribed && (await storedInvoice(dependencies, subscribed, range))
  if (invoice !== undefined) return { ...head({ tenantId, range, usage }), ...totalsOf(invoice), tax: invoice.taxTotal, taxes: invoice.taxes, invoice }
  const { charges, carriedIn } = await chargesOf(dependencies, tenant, { subscribed, range, context, usage })
  const currency = subscribed?.subscription.currency ?? usage.currency
  const rounded = roundCharges(charges, { currency, carriedIn }).charges
  const draft = await draftOf(context, tenant, { subscription: subscribed?.subscription, currency, period: range, rounded })
  return {
    ...head({ tenantId, range, usage }),
    ...totalsOf(draft.invoice),
    tax: draft.hasTax ? draft.invoice.taxTotal : null,
    taxes: draft.hasTax ? draft.invoice.taxes : [],
    invoice: null,
  }
}

interface SummarizedRange {
  readonly subscribed: SubscriptionWithPlans | undefined
  readonly range: Period
  readonly context: BillingContext
}

/** Reads all usage of a range. Without a subscription, all of it is charged. */
async function usageOf({ usage }: BillingDependencies, tenant: TenantBilling, { subscribed, range, context }: SummarizedRange): Promise<PeriodUsage> {
  const ranges = subscribed === undefined ? [range] : chargedRanges(subscribed.subscription, range)
  const billed = subscribed === undefined ? [] : billingOf(tenant.state, subscribed.subscription.id).billed
  const discounts = billed.filter(({ basis }) => isWithin(basis, range)).flatMap(charge => charge.discounts)
  const discounted = new Map([...Map.groupBy(discounts, ({ promotion }) => promotion)].map(([name, of]) => [name, sumOf(of.map(({ amount }) => amount))]))
  const [read] = await usage.read(tenant.tenantId, [{ period: range, lineDimensions: lineDimensionsOf(tenant, context), ranges, discounted }])
  if (read === undefined) throw new TypeError('The usage of the range is missing')
  return read
}

interface RangeCharges {
  readonly charges: readonly DueCharge[]
  readonly carriedIn: Decimal
}

async function chargesOf(
  dependencies: BillingDependencies,
  tenant: TenantBilling,
  { subscribed, range, context, usage }: SummarizedRange & { readonly usage: PeriodUsage },
): Promise<RangeCharges> {
  const lineDimensions = lineDimensionsOf(tenant, context)
  if (subscribed === undefined) return { charges: unsubscribedCharges({ range, usage, context, lineDimensions }), carriedIn: ZERO }
  const { subscription, plans } = subscribed
  const billing = billingOf(tenant.state, subscription.id)
  const now = dependencies.clock.now(tenant.tenantId)
  const skipped: Period[] = []
  const last = billing.periods.at(-1)?.period
  for (const period of periodsToBill(subscription, { last, through: range.to, lookBackPeriods: context.settings.lookBackPeriods })) {
    if (period.from.equals(range.from) && period.to.equals(range.to)) {
      const at = Temporal.Instant.compare(range.to, now) > 0 ? now : range.to
      const asBilling = (one: Period) => ({ period: one, lineDimensions })
      const request = { subscribed, period: asBilling(period), skipped: skipped.map(asBilling), at }
      return { charges: await computeOpenCharges(dependencies, context, tenant, request), carriedIn: billing.carriedOver }
    }
    skipped.push(period)
  }
  const [consumedCredits = ZERO] = await dependencies.credits.consumed(tenant.tenantId, [range])
  const input = { subscription, plans, periods: [], rates: context.rates, billed: billing.billed, through: range.to, since: range.from }
  return { charges: orderCharges(rangeCharges(input, { period: range, lineDimensions, usage, consumedCredits })), carriedIn: ZERO }
}

/** Returns the charges of a tenant without a subscription: its usage, in the currency of charges. */
function unsubscribedCharges({
  range,
  usage,
  context,
  lineDimensions,
}: {
  readonly range: Period
  readonly usage: PeriodUsage
  readonly context: BillingContext
  readonly lineDimensions: readonly string[]
}): readonly DueCharge[] {
  const subscription: Pick<Subscription, 'currency' | 'timeZone' | 'anchorDay' | 'startedAt' | 'phases'> = {
    currency: usage.currency,
    timeZone: 'UTC',
    anchorDay: 1,
    startedAt: range.from,
    phases: [],
  }
  const input = { subscription, plans: [], periods: [], rates: context.rates, billed: [], through: range.to, since: range.from }
  return orderCharges(rangeCharges(input, { period: range, lineDimensions, usage, consumedCredits: ZERO }))
}

async function storedInvoice({ store }: BillingDependencies, { subscription }: SubscriptionWithPlans, range: Period): Promise<StoredInvoice | undefined> {
  const id = invoiceIdOf({ tenantId: subscription.tenantId, subscriptionId: subscription.id, at: range.to })
  const invoice = await findStoredInvoice(store, subscription.tenantId, id)
  return invoice !== undefined && invoice.status !== 'void' && invoice.period.from.equals(range.from) ? invoice : undefined
}

function head({ tenantId, range, usage: { currency, stretches } }: { readonly tenantId: string; readonly range: Period; readonly usage: PeriodUsage }) {
  const figures = stretches.flatMap(({ charges }) => charges.map(charge => charge.usage))
  return {
    tenantId,
    range,
    usage: {
      calls: figures.reduce((sum, { calls }) => sum + calls, 0),
      unpricedCalls: figures.reduce((sum, { unpricedCalls }) => sum + unpricedCalls, 0),
      tokens: sumOf(figures.map(({ tokens }) => tokens)),
    },
    cost: sumOf(figures.map(({ cost }) => cost)),
    costCurrency: currency,
  }
}

function totalsOf({
  currency,
  subtotal,
  discountTotal,
  creditTotal,
  total,
  lines,
}: Pick<StoredInvoice, 'currency' | 'subtotal' | 'discountTotal' | 'creditTotal' | 'total' | 'lines'>) {
  return {
    currency,
    charges: subtotal,
    discounts: discountTotal,
    credits: creditTotal,
    subtotal: subtotal.minus(discountTotal).minus(creditTotal),
    total,
    lines,
  }
}

function isWithin(inner: Period, outer: Period): boolean {
  return Temporal.Instant.compare(outer.from, inner.from) <= 0 && Temporal.Instant.compare(inner.to, outer.to) <= 0
}
