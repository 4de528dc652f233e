export { bundledCatalog } from './bundled/bundled-catalog.ts'
export { bundledPrices } from './bundled/bundled-prices.ts'
export { catalogWithDrafts } from './catalog/catalog-with-drafts.ts'
export { type ModelInUse, type PriceCatalogStatus, pricesToReview, type PriceToReview } from './catalog/catalog-status.ts'
export { checkPriceDraft } from './catalog/check-price-draft.ts'
export { createPricing, type PricingDependencies } from './create-pricing.ts'
export { type EffectiveInterval, effectiveIntervals } from './catalog/effective-intervals.ts'
export { OperatorOnly, PriceImportOutdated, UnreadablePriceList } from './errors.ts'
export { planPriceImport } from './imports/plan-price-import.ts'
export {
  type ChangedPrice,
  type PlannedPrice,
  PRICE_LIST_FORMATS,
  type PriceImportPlan,
  type PriceImportSource,
  type PriceListFormat,
} from './imports/price-import.ts'
export type { SkippedEntry } from './imports/price-list.ts'
export type { RateDifference } from './imports/rate-differences.ts'
export type { ModelMatch } from './catalog/model-match.ts'
export type { PoolRates, Price, PriceSource, TimeOfDay, TokenRate } from './price.ts'
export { createPriceCatalog, type PriceCatalog, type PriceLookup } from './catalog/price-catalog.ts'
export type { PricePage, PriceQuery, PriceStore } from './price-store.ts'
export type { CachePool, DraftRates, PriceDraft } from './catalog/price-draft.ts'
export type { Pricing } from './pricing.ts'
export { applyPrice, type RatedLine, type RatedUsage, rateUsage, type RateUsageInput } from './rate-usage.ts'
export { readServiceTier, SERVICE_TIERS, type ServiceTier, serviceTierOf } from './catalog/service-tier.ts'
export { canonicalProvider } from './models/provider-names.ts'
