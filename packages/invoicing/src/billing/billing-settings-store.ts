import type { Page, PageRequest, Temporal } from '@tollgate/kernel'
import type { BillingSettings } from '../model/billing/billing-settings.ts'
import type { ExchangeRate } from '../model/billing/exchange-rate.ts'
import type { BillingProfile } from '../model/parties/party.ts'

/** Stores whom tenants are invoiced as, and how. */
export interface BillingSettingsStore {
  /** Returns undefined until settings are stored. */
  settings(): Promise<BillingSettings | undefined>
  saveSettings(settings: BillingSettings): Promise<void>
  /** Returns the profiles of tenants that have one. */
  profiles(tenantIds: readonly string[]): Promise<readonly BillingProfile[]>
  saveProfile(profile: BillingProfile): Promise<void>
}

/** Stores exchange rates by day. They are never changed. */
export interface ExchangeRateStore {
  /** Adds rates. A rate that is stored already is skipped. Returns the number of new rates. Throws `ExchangeRateConflict` and adds nothing if another is stored. */
  add(rates: readonly ExchangeRate[]): Promise<number>
  /** Returns the rates of days, `from` and `to` included. */
  between(from: Temporal.PlainDate, to: Temporal.PlainDate): Promise<readonly ExchangeRate[]>
  /** Lists rates, latest day first. `after` is a number of rates to skip. */
  list(query: PageRequest<number> & { readonly currency?: string | undefined }): Promise<Page<ExchangeRate>>
}
