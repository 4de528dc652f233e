export { canonicalProvider } from './model/names/canonical-provider.ts'
export { checkPriceDraft } from './model/drafts/check-price-draft.ts'
export { PriceImportOutdated, UnreadablePriceList } from './model/errors.ts'
export type { ModelMatch } from './model/names/model-match.ts'
export { aliasKey } from './model/aliases/check-model-alias.ts'
export type { AliasTarget, ModelAlias, ModelAliasDraft } from './model/aliases/model-alias.ts'
export { priceInEffect } from './model/price-in-effect.ts'
export type { PoolRates, Price, PriceSource, TimeOfDay } from './model/price.ts'
export type { CachePool, ExactPriceDraft, PriceDraft, TimeOfDayDraft, UnitPriceDraft } from './model/drafts/price-draft.ts'
export { type ChangedPrice, type PlannedPrice, type PriceImportPlan, type PriceImportSource, type PriceListFormat } from './model/imports/price-import.ts'
export type { SkippedEntry } from './model/imports/price-list.ts'
export type { FeedState } from './model/feed/feed-state.ts'
export { UnusableFeed } from './model/feed/feed-state.ts'
export { MAX_MANIFEST_BYTES } from './model/feed/feed-manifest.ts'
export type { PriceChange, RateMove } from './model/feed/price-change.ts'
export type { RateDifference } from './model/imports/rate-differences.ts'
export {
  type PricedUsage,
  type RatedLine,
  type RatedTokens,
  type RatedUnits,
  type RatedUsage,
  type ReportedUsage,
  UNPRICED_REASONS,
  type UnpricedReason,
  type UnpricedUnit,
  type UnpricedUsage,
} from './model/rated-usage.ts'
export { canonicalRegion, canonicalSpeed } from './model/served-as.ts'
export { parseServiceTier, SERVICE_TIERS, type ServiceTier, serviceTierOf } from './model/service-tier.ts'
export { type UnitPrice, unitKey } from './model/unit-price.ts'

export { applyPrice, type CallUsage } from './engine/apply-price.ts'
export { bundledPrices } from './engine/bundled/bundled-prices.ts'
export { bundledCatalog } from './engine/catalog/bundled-catalog.ts'
export { catalogWithAliases } from './engine/catalog/catalog-with-aliases.ts'
export { catalogWithDrafts } from './engine/catalog/catalog-with-drafts.ts'
export { type EffectiveInterval, effectiveIntervals } from './engine/catalog/effective-intervals.ts'
export { createPriceCatalog, type PriceCatalog, type PriceLookup } from './engine/catalog/price-catalog.ts'
export { compareWithList, type ListComparison } from './engine/comparison/compare-with-list.ts'
export { planPriceImport } from './engine/imports/plan-price-import.ts'
export { overlayChanges } from './engine/overlay/overlay-changes.ts'
export { pricesToReview, type PriceToReview } from './engine/prices-to-review.ts'
export { rateEvent } from './engine/rate-event.ts'
export { rateUsage, type RateUsageInput } from './engine/rate-usage.ts'

export type { AliasStore } from './alias-store.ts'
export type { PriceCatalogStatus } from './catalog-status.ts'
export { createModelAliases } from './create-model-aliases.ts'
export { createRater } from './create-rater.ts'
export { createPricing } from './create-pricing.ts'
export type { FeedSource } from './feed-source.ts'
export type { FeedStore } from './feed-store.ts'
export type { FeedRefresh, FeedStatus, PriceFeed } from './price-feed.ts'
export type { ModelAliases } from './model-aliases.ts'
export type { BundledRelease, PriceQuery, PriceStore } from './price-store.ts'
export type { PriceQueryInput, Pricing } from './pricing.ts'
