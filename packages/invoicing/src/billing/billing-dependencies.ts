import type { TenantClock } from '@tollgate/kernel'
import type { TaxCalculator } from '../tax/tax-calculator.ts'
import type { PlanStore } from '../plan-store.ts'
import type { StoredInvoice } from '../model/invoices/invoice.ts'
import type { TaxSettings } from '../model/tax/tax-settings.ts'
import type { BillableSubscriptionsReader } from './billable-subscriptions-reader.ts'
import type { BillingSettingsStore, ExchangeRateStore } from './billing-settings-store.ts'
import type { InvoiceStore } from './invoice-store.ts'
import type { ConsumedCreditsReader, UsageChargeReader } from './usage-charge-reader.ts'

/** Dependencies of `createBilling`. */
export interface BillingDependencies {
  readonly store: InvoiceStore
  readonly settings: BillingSettingsStore
  readonly rates: ExchangeRateStore
  readonly subscriptions: BillableSubscriptionsReader
  /** Plans that a subscription can change to. */
  readonly plans: Pick<PlanStore, 'all'>
  readonly usage: UsageChargeReader
  readonly credits: ConsumedCreditsReader
  /** Returns the tax calculator for the settings. */
  readonly taxes: (settings: TaxSettings) => TaxCalculator
  /**
   * Pays the invoice of a credit note with it. Called after each call that issues one, also a repeated one, so that it can be
   * made up for after a crash: it must do nothing the second time. Defaults to nothing.
   */
  readonly onCreditNote?: ((creditNote: StoredInvoice) => Promise<void>) | undefined
  readonly clock: TenantClock
}
