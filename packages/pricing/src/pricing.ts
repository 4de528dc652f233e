import type { Scope } from '@tollgate/kernel'
import type { PriceImportPlan, PriceImportSource } from './imports/price-import.ts'
import type { Price } from './price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'
import type { PriceCatalogStatus } from './catalog/catalog-status.ts'
import type { EffectiveInterval } from './catalog/effective-intervals.ts'
import type { PriceDraft } from './catalog/price-draft.ts'
import type { PricePage, PriceQuery } from './price-store.ts'

/** Prices that are kept and published, and the catalogue made from them. */
export interface Pricing {
  /** The catalogue as of now: made anew when something was published since the last call, here or in another process. */
  catalog(): Promise<PriceCatalog>
  /** Publishes a price for every tenant or one. Throws `InvalidInput`, naming the field; `OperatorOnly` for a tenant's scope. */
  publishPrice(scope: Scope, draft: PriceDraft): Promise<Price>
  prices(scope: Scope, query: PriceQuery): Promise<PricePage>
  pricesByIds(scope: Scope, ids: readonly string[]): Promise<readonly Price[]>
  /** When a price counts, by `effectiveIntervals`; empty where others took its place, or a later bundled release did. */
  effectiveIntervals(price: Price): Promise<readonly EffectiveInterval[]>
  /**
   * Says what an import would publish, and publishes nothing. Throws `OperatorOnly`, `UnreadablePriceList`, and `InvalidInput`
   * for drafts that cannot be published.
   */
  planPriceImport(scope: Scope, source: PriceImportSource): Promise<PriceImportPlan>
  /**
   * Publishes what the plan with this digest says, all at once, and returns it. Throws `PriceImportOutdated` where the same
   * source would do something else by now, and what `planPriceImport` throws.
   */
  applyPriceImport(scope: Scope, request: { readonly source: PriceImportSource; readonly planDigest: string }): Promise<readonly Price[]>
  /** How new the prices are that calls are rated by. */
  status(): Promise<PriceCatalogStatus>
  /** Brings the bundled prices into the store where this version of them is not yet there. Returns how many were added. */
  importBundledPrices(): Promise<number>
}
