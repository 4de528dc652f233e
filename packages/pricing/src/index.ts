export { bundledCatalog } from './bundled/bundled-catalog.ts'
export { bundledPrices } from './bundled/bundled-prices.ts'
export { catalogWithDrafts } from './catalog/catalog-with-drafts.ts'
export type { ChargeBoundsDraft } from './charges/charge-bounds.ts'
export type { ChargeContext, DiscountStandingDraft } from './charges/charge-context.ts'
export type { Numeral } from './charges/charge-draft.ts'
export type { ChargeExplanation, ExplainedDiscount, ExplainedLine, ExplainedStep } from './charges/charge-explanation.ts'
export { describeExplanation } from './charges/charge-explanation-describe.ts'
export { verifyExplanation } from './charges/charge-explanation-verify.ts'
export { defineMarkups, findMarkup, type Markup, type MarkupDraft, type Markups, type MarkupScope } from './charges/charge-markups.ts'
export type { ChargeRounding } from './charges/charge-rounding.ts'
export {
  CHARGE_RULE_KINDS,
  COUNTED_USAGE,
  type CountedUsage,
  type ChargeRule,
  type ChargeRuleDraft,
  type ChargeRuleKind,
  chargeRuleLabel,
  type ChargeRuleTerms,
  type DiscountTerms,
  type MarkupTerms,
  type PriceModelTerms,
} from './charge-rules/charge-rule.ts'
export type { ChargeRuleStore, NewChargeRule } from './charge-rules/charge-rule-store.ts'
export type { ChargeRulePage, ChargeRuleQuery, ChargeRules } from './charge-rules/charge-rules.ts'
export { chargedModel } from './charge-rules/charged-model.ts'
export { checkChargeRule } from './charge-rules/check-charge-rule.ts'
export { type ChargeRulePart, type ChargeRuleRange } from './charge-rules/charge-rule-parts.ts'
export { cutByTime } from './charge-rules/cut-by-time.ts'
export { discountsInTime } from './charge-rules/discounts-in-time.ts'
export { type ChargeRuleLookup, type ChargeRuleSet, chargeRulesFor, type PriceList } from './charge-rules/charge-rules-in-effect.ts'
export { type ChargeRulesDependencies, createChargeRules } from './charge-rules/create-charge-rules.ts'
export {
  type GroupChargeLine,
  type RatedGroupCharge,
  type RatedGroupLine,
  rateGroupCharge,
  type RateGroupChargeInput,
} from './charge-rules/rate-group-charge.ts'
export { type RatedPeriodCharge, ratePeriodCharge, type RatePeriodChargeInput, type UsedRulePart } from './charge-rules/rate-period-charge.ts'
export { type CarriedCharge, type CarriedGroup, type CarriedUsage, mergeParts } from './charge-rules/carried-group.ts'
export type { ChargedUsage, EarlierUsage, KnownAmounts, UsagePartDraft } from './charges/charge-usage.ts'
export { type ModelInUse, type PriceCatalogStatus, pricesToReview, type PriceToReview } from './catalog/catalog-status.ts'
export { checkPriceDraft } from './catalog/check-price-draft.ts'
export { createPricing, type PricingDependencies } from './create-pricing.ts'
export type { GivenDiscount } from './discounts/apply-discounts.ts'
export type { DiscountConditionDraft } from './discounts/conditions/condition.ts'
export { isCouponCode } from './discounts/conditions/coupon.ts'
export { defineDiscount, type Discount, type DiscountDraft, type DiscountStacking } from './discounts/discount.ts'
export { type EffectiveInterval, effectiveIntervals } from './catalog/effective-intervals.ts'
export {
  BudgetUsedUp,
  ChargeBookedOtherwise,
  CouponNotValid,
  CouponUsedUp,
  OperatorOnly,
  PriceImportOutdated,
  UnknownCoupon,
  UnreadablePriceList,
} from './errors.ts'
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
export { definePriceModel, type PriceModel, type PriceModelDraft } from './price-models/price-model.ts'
export { type PricedUsage, priceUsage } from './price-models/price-usage.ts'
export type { PricedLine } from './price-models/priced-line.ts'
export { tokenParts, type UsagePart } from './price-models/usage-part.ts'
export type { PricePage, PriceQuery, PriceStore } from './price-store.ts'
export type { CachePool, DraftRates, PriceDraft } from './catalog/price-draft.ts'
export type { Pricing } from './pricing.ts'
export type { CouponLimits, CouponRedemption } from './promotions/coupon-redemption.ts'
export { createPromotions, type PromotionsDependencies } from './promotions/create-promotions.ts'
export type {
  BookedDiscount,
  DiscountBooking,
  DiscountLedger,
  NewRedemption,
  PromotionTotals,
  RedemptionHolder,
  RedemptionPage,
  RedemptionQuery,
} from './promotions/discount-ledger.ts'
export { type CouponRequest, type FinalCharge, type Promotions, redemptionTimes } from './promotions/promotions.ts'
export { rateCharge, type RateChargeInput, type RatedCharge } from './rate-charge.ts'
export { applyPrice, type RatedLine, type RatedUsage, rateUsage, type RateUsageInput } from './rate-usage.ts'
export { readServiceTier, SERVICE_TIERS, type ServiceTier, serviceTierOf } from './catalog/service-tier.ts'
