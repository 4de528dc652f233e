import { isDomainError, type Period, type Temporal } from '@tollgate/kernel'
import { periodsToBill } from '../engine/billing/billing-dates.ts'
import { finaliseDraft } from '../engine/invoices/make-invoice.ts'
import { invoiceNumber } from '../engine/invoices/invoice-ids.ts'
import type { BillingPeriod } from '../model/billing/billed-period.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { SubscriptionWithPlans } from './billable-subscriptions-reader.ts'
import { type BillingContext, billingOf, type TenantBilling } from './billing-context.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import { type ComputedInvoice, computeInvoice } from './compute-invoice.ts'
import type { BillingState, DraftInvoice, NumberedInvoice } from './invoice-store.ts'
import { seriesOf } from './series-of.ts'

/** How far to bill a tenant. */
export interface BillThrough {
  readonly through: Temporal.Instant
  /** Whether invoices get numbers. Without, the next invoice of each subscription is left as a draft. */
  readonly finalize: boolean
  /** Bills only this subscription. */
  readonly subscriptionId?: string | undefined
}

/** What billing a tenant made. */
export interface BilledTenant {
  readonly invoices: readonly StoredInvoice[]
  readonly drafts: readonly DraftInvoice[]
  /** Whether periods were billed, with or without an invoice. */
  readonly hasBilled: boolean
  /** False if somebody else billed the tenant meanwhile, or used up a budget: then load it and bill it again. */
  readonly isComplete: boolean
}

/** Bills all periods of a tenant that have ended, in order, each in a transaction of its own. */
export async function billTenant(
  dependencies: BillingDependencies,
  context: BillingContext,
  tenant: TenantBilling,
  request: BillThrough,
): Promise<BilledTenant> {
  const invoices: StoredInvoice[] = []
  const drafts: DraftInvoice[] = []
  let state = tenant.state
  let hasBilled = false
  for (const subscribed of tenant.subscriptions) {
    const { subscription } = subscribed
    if (request.subscriptionId !== undefined && subscription.id !== request.subscriptionId) continue
    const skipped: BillingPeriod[] = []
    const last = billingOf(state, subscription.id).periods.at(-1)?.period
    for (const period of periodsToBill(subscription, { last, through: request.through, lookBackPeriods: context.settings.lookBackPeriods })) {
      const billing = { period, lineDimensions: lineDimensionsOf(tenant, context) }
      const computed = await computeInvoice(dependencies, context, { ...tenant, state }, { subscribed, period: billing, skipped, at: period.to })
      if (computed === undefined) {
        skipped.push(billing)
        continue
      }
      if (!request.finalize) {
        const draft = { id: computed.draft.id, tenantId: tenant.tenantId, subscriptionId: subscription.id, period: billing }
        await dependencies.store.addDrafts([draft])
        drafts.push(draft)
        skipped.length = 0
        break
      }
      const billed = await bill(dependencies, {
        state,
        subscribed,
        periods: [...skipped, billing],
        computed,
        series: seriesOf(dependencies.clock, tenant.tenantId, context.settings.invoiceSeries),
      })
      if (billed === undefined) return { invoices, drafts, hasBilled, isComplete: false }
      invoices.push(billed.invoice)
      state = billed.state
      hasBilled = true
      skipped.length = 0
    }
    if (skipped.length > 0 && request.finalize) {
      const periods = [...skipped]
      const saved = await dependencies.store.bill({
        tenantId: tenant.tenantId,
        subscriptionId: subscription.id,
        revision: state.revision,
        periods,
        invoice: null,
      })
      if (saved === undefined) return { invoices, drafts, hasBilled, isComplete: false }
      state = withBilled(state, { subscribed, periods, computed: undefined })
      hasBilled = true
    }
  }
  return { invoices, drafts, hasBilled, isComplete: true }
}

/** Returns the dimensions that the usage lines of a tenant are grouped by. */
export function lineDimensionsOf({ profile }: Pick<TenantBilling, 'profile'>, { settings }: Pick<BillingContext, 'settings'>): readonly string[] {
  return profile?.lineDimensions ?? settings.lineDimensions
}

interface PeriodsToStore {
  readonly state: BillingState
  readonly subscribed: SubscriptionWithPlans
  readonly periods: readonly BillingPeriod[]
  readonly computed: ComputedInvoice
  readonly series: string
}

async function bill(
  { store, clock }: Pick<BillingDependencies, 'store' | 'clock'>,
  { state, subscribed, periods, computed, series }: PeriodsToStore,
): Promise<{ readonly invoice: StoredInvoice; readonly state: BillingState } | undefined> {
  const { tenantId, revision } = state
  const invoice = numbered(computed, { series, tenantId, issuedAt: clock.now(tenantId) })
  const saved = await store.bill({ tenantId, subscriptionId: subscribed.subscription.id, revision, periods, invoice }).catch((error: unknown) => {
    // Another tenant used up the budget of a promotion after it was read. Nothing was stored.
    if (isDomainError(error) && error.code === 'BUDGET_USED_UP') return undefined
    throw error
  })
  if (saved === undefined) return undefined
  if (saved.invoice === null) throw new TypeError('The store returned no invoice')
  return { invoice: saved.invoice, state: withBilled(state, { subscribed, periods, computed }) }
}

function numbered(
  { draft, charges, rounding }: ComputedInvoice,
  { series, tenantId, issuedAt }: { readonly series: string; readonly tenantId: string; readonly issuedAt: Temporal.Instant },
): NumberedInvoice {
  return {
    series,
    charges,
    rounding,
    make: sequence => finaliseDraft(draft, { number: invoiceNumber(series, tenantId, sequence), issuedAt }),
  }
}

/** Returns the state of a tenant after periods were stored, without reading it again. */
function withBilled(
  state: BillingState,
  { subscribed: { subscription }, periods, computed }: Pick<PeriodsToStore, 'subscribed' | 'periods'> & { readonly computed: ComputedInvoice | undefined },
): BillingState {
  const before = billingOf(state, subscription.id)
  const billed = (computed?.charges ?? []).map(({ details: _, ...charge }) => ({ ...charge, invoiceId: computed?.draft.id ?? '' }))
  const after = {
    ...before,
    periods: [...before.periods, ...periods],
    billed: [...before.billed, ...billed],
    carriedOver: computed === undefined ? before.carriedOver : before.carriedOver.plus(computed.rounding),
  }
  return {
    ...state,
    revision: state.revision + 1,
    subscriptions: [...state.subscriptions.filter(({ subscriptionId }) => subscriptionId !== subscription.id), after],
  }
}

/** Whether two periods are the same. */
export function isSamePeriod(a: Period, b: Period): boolean {
  return a.from.equals(b.from) && a.to.equals(b.to)
}
