import { checkPageSize, type Decimal, type Page, type Period, type Scope, Temporal, tenantOfScope, toPage } from '@tollgate/kernel'
import { periodsToBill } from '../engine/billing/billing-dates.ts'
import { billingPeriodOf } from '../engine/fees/fee-interval.ts'
import { roundCharges } from '../engine/invoices/round-charges.ts'
import type { BillingPeriod } from '../model/billing/billed-period.ts'
import { DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { DueCharge } from '../model/billing/due-charge.ts'
import type { InvoiceLine } from '../model/invoices/invoice-line.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { Subscription } from '../model/subscriptions/subscription.ts'
import type { InvoicesRequest, ListedInvoice } from './billing.ts'
import { type BillingContext, billingOf, loadContext, loadRates, loadTenants, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { isSamePeriod, lineDimensionsOf } from './bill-tenant.ts'
import { computeOpenCharges, shownPeriod } from './compute-invoice.ts'
import { draftOf } from './draft-of.ts'
import { statusOf, withLines } from './find-invoice.ts'
import { type DraftInvoice, type InvoiceSummary, isDraft, type LinesQuery } from './invoice-store.ts'

const PAGE_SIZE = { default: 20, max: 100 }

/** Returns an invoice with its lines; a draft as it is now. */
export async function findInvoice(dependencies: BillingDependencies, scope: Scope, id: string): Promise<StoredInvoice | undefined> {
  const { store, clock } = dependencies
  const [[summary], [draft]] = await Promise.all([store.invoices(scope, [id]), store.drafts(scope, [id])])
  if (summary !== undefined) return withLines(store, scope, summary, clock.now(summary.tenantId))
  return draft && computeDraft(dependencies, draft)
}

/** Returns invoices by id, without their lines. */
export async function invoicesByIds(dependencies: BillingDependencies, scope: Scope, ids: readonly string[]): Promise<readonly ListedInvoice[]> {
  const [summaries, drafts] = await Promise.all([dependencies.store.invoices(scope, ids), dependencies.store.drafts(scope, ids)])
  return listed(dependencies, [...summaries, ...drafts])
}

/** Returns the lines of invoices, by id; those of drafts as they are now. */
export async function linesOf(dependencies: BillingDependencies, scope: Scope, ids: readonly string[]): Promise<ReadonlyMap<string, readonly InvoiceLine[]>> {
  const [lines, drafts] = await Promise.all([dependencies.store.lines(scope, ids), dependencies.store.drafts(scope, ids)])
  const ofDrafts = await Promise.all(drafts.map(async draft => [draft.id, (await computeDraft(dependencies, draft)).lines] as const))
  return new Map([...lines, ...ofDrafts])
}

/** Returns a page of the lines of an invoice; of a draft, as they are now. */
export async function linePage(
  dependencies: BillingDependencies,
  scope: Scope,
  invoiceId: string,
  { first, after = 0 }: LinesQuery,
): Promise<Page<InvoiceLine>> {
  const [draft] = await dependencies.store.drafts(scope, [invoiceId])
  if (draft === undefined) return dependencies.store.linePage(scope, invoiceId, { first, after })
  return toPage((await computeDraft(dependencies, draft)).lines.slice(after, after + first + 1), first)
}

/** Lists invoices. */
export async function listInvoices(dependencies: BillingDependencies, scope: Scope, { first, ...request }: InvoicesRequest): Promise<Page<ListedInvoice>> {
  const now = dependencies.clock.now(request.tenantId ?? tenantOfScope(scope))
  const page = await dependencies.store.list(scope, { ...request, first: checkPageSize(first, PAGE_SIZE), now })
  return { ...page, items: await listed(dependencies, page.items) }
}

async function listed(dependencies: BillingDependencies, found: readonly (InvoiceSummary | DraftInvoice)[]): Promise<readonly ListedInvoice[]> {
  const items: ListedInvoice[] = []
  for (const item of found) {
    if (isDraft(item)) {
      const { lines: _, ...draft } = await computeDraft(dependencies, item)
      items.push(draft)
    } else items.push(statusOf(item, dependencies.clock.now(item.tenantId)))
  }
  return items
}

/** Computes a draft as it is now. Without a seller or a billing profile, it has no tax yet. */
export async function computeDraft(dependencies: BillingDependencies, { tenantId, subscriptionId, period }: DraftInvoice): Promise<StoredInvoice> {
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const [tenant] = await loadTenants(dependencies, [tenantId], settings)
  const subscribed = tenant?.subscriptions.find(({ subscription }) => subscription.id === subscriptionId)
  if (tenant === undefined || subscribed === undefined) throw new TypeError('The subscription of a draft is missing')
  const context = await loadContext(dependencies, await loadRates(dependencies, [tenant], period.period.to))
  const billing = billingOf(tenant.state, subscriptionId)
  const skipped: BillingPeriod[] = []
  const last = billing.periods.at(-1)?.period
  for (const earlier of periodsToBill(subscribed.subscription, { last, through: period.period.to, lookBackPeriods: settings.lookBackPeriods })) {
    if (!isSamePeriod(earlier, period.period)) skipped.push({ ...period, period: earlier })
  }
  const charges = await computeOpenCharges(dependencies, context, tenant, { subscribed, period, skipped, at: period.period.to })
  const { subscription } = subscribed
  return shownDraft(context, tenant, { subscription, period: period.period, charges, carriedIn: billing.carriedOver })
}

/** Returns what the next invoice of a tenant would be if its billing period ended now. */
export async function previewInvoice(dependencies: BillingDependencies, tenantId: string): Promise<StoredInvoice | undefined> {
  const settings = (await dependencies.settings.settings()) ?? DEFAULT_BILLING_SETTINGS
  const now = dependencies.clock.now(tenantId)
  const [tenant] = await loadTenants(dependencies, [tenantId], settings)
  const subscribed = tenant?.subscriptions.findLast(({ subscription }) => Temporal.Instant.compare(subscription.startedAt, now) <= 0)
  if (tenant === undefined || subscribed === undefined) return undefined
  const { subscription } = subscribed
  const billing = billingOf(tenant.state, subscription.id)
  const lineDimensions = lineDimensionsOf(tenant, { settings })
  const last = billing.periods.at(-1)?.period
  // The period that goes on ends after now.
  const through = billingPeriodOf(subscription, now).to
  const open = [...periodsToBill(subscription, { last, through, lookBackPeriods: settings.lookBackPeriods })].map(period => ({ period, lineDimensions }))
  const period = open.at(-1)
  if (period === undefined) return undefined
  const context = await loadContext(dependencies, await loadRates(dependencies, [tenant], now))
  const charges = await computeOpenCharges(dependencies, context, tenant, { subscribed, period, skipped: open.slice(0, -1), at: now })
  return shownDraft(context, tenant, { subscription, period: period.period, charges, carriedIn: billing.carriedOver })
}

async function shownDraft(
  context: BillingContext,
  tenant: TenantBilling,
  {
    subscription,
    period,
    charges,
    carriedIn,
  }: { readonly subscription: Subscription; readonly period: Period; readonly charges: readonly DueCharge[]; readonly carriedIn: Decimal },
): Promise<StoredInvoice> {
  const { currency } = subscription
  const rounded = roundCharges(charges, { currency, carriedIn }).charges
  return (await draftOf(context, tenant, { subscription, currency, period, shown: shownPeriod(subscription, period), rounded })).invoice
}
