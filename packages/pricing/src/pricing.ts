import type { Page, Scope } from '@tollgate/kernel'
import type { TimeInput } from '@tollgate/kernel/input'
import type { PriceCatalogStatus } from './catalog-status.ts'
import type { EffectiveInterval } from './engine/catalog/effective-intervals.ts'
import type { PriceCatalog } from './engine/catalog/price-catalog.ts'
import type { PriceDraft } from './model/drafts/price-draft.ts'
import type { PriceImportPlan, PriceImportSource } from './model/imports/price-import.ts'
import type { Price } from './model/price.ts'
import type { PriceQuery } from './price-store.ts'

/** Which prices to list. */
export interface PriceQueryInput extends Omit<PriceQuery, 'at'> {
  /** Only prices whose interval contains this time, whatever their time of day. */
  readonly at?: TimeInput | null | undefined
}

/** Publishes, imports and lists prices, and keeps a catalogue of them. Writing needs an operator's scope and throws `Forbidden` otherwise. */
export interface Pricing {
  /** Returns the current catalogue, which includes all prices and aliases published before this call, by any process. */
  catalog(): Promise<PriceCatalog>
  /** Publishes a price for one tenant or for all. Throws `InvalidInput`, which names the field. */
  publishPrice(scope: Scope, draft: PriceDraft): Promise<Price>
  /** Lists active prices. */
  prices(scope: Scope, query: PriceQueryInput): Promise<Page<Price>>
  /** Returns the prices with these ids that the scope may see, active or not. */
  pricesByIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
  /** Returns when a price is in effect; see `effectiveIntervals`. Empty if other prices or a later bundled release supersede it. */
  effectiveIntervals(price: Price): Promise<readonly EffectiveInterval[]>
  /** Returns what an import would publish, without publishing it. Throws `UnreadablePriceList`, and `InvalidInput` for invalid drafts. */
  planPriceImport(scope: Scope, source: PriceImportSource): Promise<PriceImportPlan>
  /**
   * Publishes the plan with this digest in one transaction and returns the new prices. Throws `PriceImportOutdated` if the
   * source would now publish something else, and whatever `planPriceImport` throws.
   */
  applyPriceImport(scope: Scope, request: { readonly source: PriceImportSource; readonly planDigest: string }): Promise<readonly Price[]>
  /** Returns the versions and ages of the active prices. */
  status(): Promise<PriceCatalogStatus>
  /** Imports the bundled prices of this version, unless that was done before. Returns the number of new prices. */
  importBundledPrices(): Promise<number>
}
