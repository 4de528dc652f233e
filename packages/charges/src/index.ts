export { type CarriedCharge, type CarriedGroup, type CarriedUsage, mergeParts } from './charge-rules/carried-group.ts'
export type { ChargeRulePart, ChargeRuleRange } from './charge-rules/charge-rule-parts.ts'
export type { ChargeRuleStore, NewChargeRule } from './charge-rules/charge-rule-store.ts'
export {
  CHARGE_RULE_KINDS,
  type ChargeRule,
  type ChargeRuleDraft,
  type ChargeRuleKind,
  chargeRuleLabel,
  type ChargeRuleTerms,
  COUNTED_USAGE,
  type CountedUsage,
  type DiscountTerms,
  type MarkupTerms,
  type PriceModelTerms,
} from './charge-rules/charge-rule.ts'
export { type ChargeRuleLookup, type ChargeRuleSet, chargeRulesFor, type PriceList } from './charge-rules/charge-rules-in-effect.ts'
export type { ChargeRulePage, ChargeRuleQuery, ChargeRules } from './charge-rules/charge-rules.ts'
export { chargedModel } from './charge-rules/charged-model.ts'
export { checkChargeRule } from './charge-rules/check-charge-rule.ts'
export { type ChargeRulesDependencies, createChargeRules } from './charge-rules/create-charge-rules.ts'
export { cutByTime } from './charge-rules/cut-by-time.ts'
export { discountsInTime } from './charge-rules/discounts-in-time.ts'
export {
  type GroupChargeLine,
  type RatedGroupCharge,
  type RatedGroupLine,
  rateGroupCharge,
  type RateGroupChargeInput,
} from './charge-rules/rate-group-charge.ts'
export { type RatedPeriodCharge, ratePeriodCharge, type RatePeriodChargeInput, type UsedRulePart } from './charge-rules/rate-period-charge.ts'
export type { ChargeBoundsDraft } from './charges/charge-bounds.ts'
export type { ChargeContext, DiscountStandingDraft } from './charges/charge-context.ts'
export type { Numeral } from './charges/charge-draft.ts'
export { describeExplanation } from './charges/charge-explanation-describe.ts'
export { verifyExplanation } from './charges/charge-explanation-verify.ts'
export type { ChargeExplanation, ExplainedDiscount, ExplainedLine, ExplainedStep } from './charges/charge-explanation.ts'
export { defineMarkups, findMarkup, type Markup, type MarkupDraft, type Markups, type MarkupScope } from './charges/charge-markups.ts'
export type { ChargeRounding } from './charges/charge-rounding.ts'
export type { ChargedUsage, EarlierUsage, KnownAmounts, UsagePartDraft } from './charges/charge-usage.ts'
export type { GivenDiscount } from './discounts/apply-discounts.ts'
export type { DiscountConditionDraft } from './discounts/conditions/condition.ts'
export { isCouponCode } from './discounts/conditions/coupon.ts'
export { defineDiscount, type Discount, type DiscountDraft, type DiscountStacking } from './discounts/discount.ts'
export { BudgetUsedUp, ChargeBookedOtherwise, CouponNotValid, CouponUsedUp, UnknownCoupon } from './errors.ts'
export { definePriceModel, type PriceModel, type PriceModelDraft } from './price-models/price-model.ts'
export { type PricedUsage, priceUsage } from './price-models/price-usage.ts'
export type { PricedLine } from './price-models/priced-line.ts'
export { tokenParts, type UsagePart } from './price-models/usage-part.ts'
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
