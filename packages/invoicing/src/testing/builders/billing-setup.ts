import { type Clock, Decimal, type Period, settableClock, Temporal, ZERO } from '@tollgate/kernel'
import type { BillableSubscriptionsReader, SubscriptionWithPlans } from '../../billing/billable-subscriptions-reader.ts'
import type { Billing } from '../../billing/billing.ts'
import type { BillingDependencies } from '../../billing/billing-dependencies.ts'
import type { BillingSettingsStore, ExchangeRateStore } from '../../billing/billing-settings-store.ts'
import { createBilling } from '../../billing/create-billing.ts'
import type { InvoiceStore } from '../../billing/invoice-store.ts'
import type { BillingProfile, Seller } from '../../model/parties/party.ts'
import { taxTable } from '../../tax/tax-calculator.ts'
import { type UsageOfTest, usageChargesOf } from './usage-of-test.ts'

/** Stores that a test of billing uses. */
export interface BillingStores {
  readonly store: InvoiceStore
  readonly settings: BillingSettingsStore
  readonly rates: ExchangeRateStore
}

/** Billing over stores, with usage and subscriptions that a test changes. */
export interface BillingSetup extends BillingStores {
  readonly billing: Billing
  readonly dependencies: BillingDependencies
  readonly clock: Clock & { set(instant: string): void }
  readonly usage: UsageOfTest[]
  readonly subscriptions: SubscriptionWithPlans[]
  /** Consumed credits by the end of the period. */
  readonly credits: Map<string, string>
}

const address = { line1: 'Main Street 1', line2: null, postalCode: '10115', city: 'Berlin', region: null, country: 'DE' }

/** The seller of tests: registered for taxes in Germany. */
export const SELLER_OF_TEST: Seller = { name: 'Tollgate GmbH', address, taxId: null, registration: null, email: null, phone: null, bankAccount: null }

/** Creates a billing profile in Germany. */
export function profileOf(tenantId: string, changes: Partial<BillingProfile> = {}): BillingProfile {
  return { tenantId, name: tenantId, address, taxId: null, taxExemption: null, email: null, locale: 'en', reference: null, paymentTermDays: 14, ...changes }
}

/** Creates billing for tests. The tenants of the subscriptions have profiles; German VAT of 19 % is due. */
export async function billingSetup(
  stores: BillingStores,
  subscriptions: readonly SubscriptionWithPlans[],
  now = '2026-06-01T00:00:00Z',
): Promise<BillingSetup> {
  const clock = settableClock(now)
  const usage: UsageOfTest[] = []
  const known = [...subscriptions]
  const credits = new Map<string, string>()
  const dependencies: BillingDependencies = {
    ...stores,
    subscriptions: subscriptionsOf(known),
    plans: { all: async () => [...new Set(known.flatMap(({ plans }) => plans))] },
    usage: usageChargesOf(usage),
    credits: { consumed: async (_tenantId, periods: readonly Period[]) => periods.map(({ to }) => new Decimal(credits.get(to.toString()) ?? ZERO)) },
    taxes: taxTable,
    clock,
  }
  const billing = createBilling(dependencies)
  await billing.changeSettings({ seller: SELLER_OF_TEST, tax: { registrations: ['DE'], rates: [], behavior: 'exclusive', rounding: 'per_line' } })
  for (const { subscription } of subscriptions) await billing.setProfile(profileOf(subscription.tenantId))
  return { ...stores, billing, dependencies, clock, usage, subscriptions: known, credits }
}

function subscriptionsOf(known: readonly SubscriptionWithPlans[]): BillableSubscriptionsReader {
  return {
    async tenantIds({ first, after }) {
      const ids = [...new Set(known.map(({ subscription }) => subscription.tenantId))].toSorted().filter(id => after === undefined || id > after)
      return { items: ids.slice(0, first), hasMore: ids.length > first }
    },
    count: async () => new Set(known.map(({ subscription }) => subscription.tenantId)).size,
    of: async tenantIds =>
      known
        .filter(({ subscription }) => tenantIds.includes(subscription.tenantId))
        .toSorted((a, b) => Temporal.Instant.compare(a.subscription.startedAt, b.subscription.startedAt)),
  }
}
