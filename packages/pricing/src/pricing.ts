import type { Decimal, Scope, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { PriceImportPlan, PriceImportSource } from './imports/price-import.ts'
import type { Price } from './price.ts'
import type { PriceCatalog } from './price-catalog.ts'
import type { PriceCatalogStatus } from './catalog-status.ts'
import type { EffectiveInterval } from './effective-intervals.ts'
import type { PricePage, PriceQuery } from './price-store.ts'
import type { ServiceTier } from './service-tier.ts'

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

/** USD for a million tokens. Pools that are left out fall back as `rateUsage` documents, or make the event unpriced. */
export type DraftRates = { readonly [Pool in TokenPool]?: Decimal | null | undefined }

/** A pool whose rate providers give as a multiple of what input costs. */
export type CachePool = 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'

/** A price to publish: of one service tier. A tier that costs otherwise has a price of its own. */
export interface PriceDraft {
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly model: string
  readonly from: Temporal.Instant
  readonly to?: Temporal.Instant | null | undefined
  /** Standard where it is left out. */
  readonly serviceTier?: ServiceTier | null | undefined
  readonly perMillionTokens: DraftRates
  /** Rates for long contexts, each of an event with more input tokens than `above`. A pool that a step leaves out keeps its rate. */
  readonly contextSteps?: readonly { readonly above: number; readonly perMillionTokens: DraftRates }[] | null | undefined
  /** The rate of a cache pool as a multiple of input's, at every length: 0.1 for a read, 1.25 for a write. */
  readonly cacheMultipliers?: { readonly [Pool in CachePool]?: Decimal | null | undefined } | null | undefined
  readonly perRequest?: Decimal | null | undefined
}
