export { type CarriedCharge, type CarriedGroup, type CarriedUsage, mergeParts } from './engine/periods/carry-over.ts'
export type { ChargeRulePart, ChargeRuleRange } from './engine/rules/charge-rule-parts.ts'
export type { ChargeRuleStore, NewChargeRule } from './charge-rule-store.ts'
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
} from './model/rules/charge-rule.ts'
export { type ChargeRuleLookup, type ChargeRuleSet, chargeRulesFor, type PriceList } from './engine/rules/charge-rules-in-effect.ts'
export type { ChargeRulePage, ChargeRuleQuery, ChargeRules } from './charge-rules.ts'
export { chargedModel } from './engine/rules/charged-model.ts'
export { checkChargeRule } from './engine/rules/check-charge-rule.ts'
export { type ChargeRulesDependencies, createChargeRules } from './create-charge-rules.ts'
export { cutByTime } from './engine/rules/cut-by-time.ts'
export { discountsInTime } from './engine/rules/discounts-in-time.ts'
export {
  type GroupChargeLine,
  type RatedGroupCharge,
  type RatedGroupLine,
  rateGroupCharge,
  type RateGroupChargeInput,
} from './engine/periods/rate-part-charge.ts'
export { type RatedPeriodCharge, ratePeriodCharge, type RatePeriodChargeInput, type UsedRulePart } from './engine/periods/rate-period-charge.ts'
export type { ChargeBoundsDraft } from './engine/charge/charge-bounds.ts'
export type { ChargeContext, DiscountStandingDraft } from './engine/charge/charge-context.ts'
export type { Numeral } from './model/numbers/numeral.ts'
export { describeExplanation } from './engine/explanation/describe-explanation.ts'
export { verifyExplanation } from './engine/explanation/verify-explanation.ts'
export type { ChargeExplanation, ExplainedDiscount, ExplainedLine, ExplainedStep } from './model/explanation/charge-explanation.ts'
export { defineMarkups, findMarkup, type Markup, type MarkupDraft, type Markups, type MarkupScope } from './model/markups/markups.ts'
export type { ChargeRounding } from './engine/charge/charge-rounding.ts'
export type { ChargedUsage, EarlierUsage, KnownAmounts, UsagePartDraft } from './engine/charge/price-charge.ts'
export type { GivenDiscount } from './engine/discounts/apply-discounts.ts'
export type { DiscountConditionDraft } from './model/discounts/conditions/condition.ts'
export { isCouponCode } from './model/discounts/conditions/coupon.ts'
export { defineDiscount, type Discount, type DiscountDraft, type DiscountStacking } from './model/discounts/discount.ts'
export { BudgetUsedUp, ChargeBookedOtherwise, CouponNotValid, CouponUsedUp, UnknownCoupon } from './errors.ts'
export { definePriceModel, type PriceModel, type PriceModelDraft } from './model/price-models/price-model.ts'
export { type PricedUsage, priceUsage } from './model/price-models/price-usage.ts'
export type { PricedLine } from './model/price-models/priced-line.ts'
export { tokenParts, type UsagePart } from './model/price-models/usage-part.ts'
export type { CouponLimits, CouponRedemption } from './model/promotions/coupon-redemption.ts'
export { createPromotions, type PromotionsDependencies } from './create-promotions.ts'
export type {
  BookedDiscount,
  DiscountBooking,
  DiscountLedger,
  NewRedemption,
  PromotionTotals,
  RedemptionHolder,
  RedemptionPage,
  RedemptionQuery,
} from './discount-ledger.ts'
export { type CouponRequest, type FinalCharge, type Promotions, redemptionTimes } from './promotions.ts'
export { rateCharge, type RateChargeInput, type RatedCharge } from './engine/charge/rate-charge.ts'
