import { Temporal, ZERO } from '@tollgate/kernel'
import { MAX_RATE_AGE_DAYS, rateTable, type RateTable } from '../engine/currency/rate-table.ts'
import { SellerMissing } from '../model/billing/billing-errors.ts'
import { type BillingSettings, DEFAULT_BILLING_SETTINGS } from '../model/billing/billing-settings.ts'
import type { BillingProfile, Seller } from '../model/parties/party.ts'
import type { TaxCalculator } from '../tax/tax-calculator.ts'
import type { SubscriptionWithPlans } from './billable-subscriptions-reader.ts'
import type { BillingDependencies } from './billing-dependencies.ts'
import type { BillingState, SubscriptionBilling } from './invoice-store.ts'

/** What the invoices of several tenants have in common. */
export interface BillingContext {
  readonly settings: BillingSettings
  readonly taxes: TaxCalculator
  readonly rates: RateTable
}

/** What is known of a tenant before it is billed. */
export interface TenantBilling {
  readonly tenantId: string
  readonly profile: BillingProfile | undefined
  readonly state: BillingState
  readonly subscriptions: readonly SubscriptionWithPlans[]
}

/** Loads what all invoices have in common. Reads exchange rates only if a subscription needs one. */
export async function loadContext({ settings: store, taxes }: BillingDependencies, rates: RateTable): Promise<BillingContext> {
  const settings = (await store.settings()) ?? DEFAULT_BILLING_SETTINGS
  return { settings, taxes: taxes(settings.tax), rates }
}

/** Loads the exchange rates that lines of these tenants can need. */
export async function loadRates(
  { rates }: Pick<BillingDependencies, 'rates'>,
  tenants: readonly TenantBilling[],
  through: Temporal.Instant,
): Promise<RateTable> {
  const froms = tenants.flatMap(({ subscriptions, state }) =>
    subscriptions.map(({ subscription }) => billingOf(state, subscription.id).periods[0]?.period.from ?? subscription.startedAt),
  )
  if (froms.length === 0) return rateTable([])
  const earliest = froms.reduce((first, from) => (Temporal.Instant.compare(from, first) < 0 ? from : first))
  const dayOf = (instant: Temporal.Instant) => instant.toZonedDateTimeISO('UTC').toPlainDate()
  return rateTable(await rates.between(dayOf(earliest).subtract({ days: MAX_RATE_AGE_DAYS + 1 }), dayOf(through).add({ days: 1 })))
}

/** Loads what is known of tenants, in as few reads as there are stores. */
export async function loadTenants(
  { store, settings, subscriptions }: BillingDependencies,
  tenantIds: readonly string[],
  { lookBackPeriods }: Pick<BillingSettings, 'lookBackPeriods'>,
): Promise<readonly TenantBilling[]> {
  const [states, profiles, found] = await Promise.all([
    store.states(tenantIds, { periods: lookBackPeriods }),
    settings.profiles(tenantIds),
    subscriptions.of(tenantIds),
  ])
  const stateOf = new Map(states.map(state => [state.tenantId, state]))
  const profileOf = new Map(profiles.map(profile => [profile.tenantId, profile]))
  const ofTenant = Map.groupBy(found, ({ subscription }) => subscription.tenantId)
  return tenantIds.map(tenantId => ({
    tenantId,
    profile: profileOf.get(tenantId),
    state: stateOf.get(tenantId) ?? { tenantId, revision: 0, subscriptions: [] },
    subscriptions: ofTenant.get(tenantId) ?? [],
  }))
}

/** Returns what has been billed of a subscription. */
export function billingOf(state: BillingState, subscriptionId: string): SubscriptionBilling {
  return state.subscriptions.find(billing => billing.subscriptionId === subscriptionId) ?? nothingBilled(subscriptionId)
}

/** Returns the seller. Throws `SellerMissing`. */
export function sellerOf({ seller }: Pick<BillingSettings, 'seller'>): Seller {
  if (seller === null) throw new SellerMissing()
  return seller
}

function nothingBilled(subscriptionId: string): SubscriptionBilling {
  return { subscriptionId, periods: [], billed: [], carriedOver: ZERO }
}
