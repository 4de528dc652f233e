export { type ChargeRuleQuery, type ChargeRules } from './charge-rules.ts'
export type { ChargeRuleStore, NewChargeRule } from './charge-rule-store.ts'
export type { ChargedTenant, ChargedTenants } from './charged-tenants.ts'
export type { ChargedUsageReader, EventSelection, UsageSum } from './charged-usage-reader.ts'
export type { Charges, ExplainedEvent, ExplainPeriodRequest } from './charges.ts'
export { type ChargeRulesDependencies, createChargeRules } from './create-charge-rules.ts'
export { createCharges } from './create-charges.ts'
export type { ChargesDependencies } from './charges-dependencies.ts'
export { type CouponAttempts, couponAttempts } from './coupon-attempts.ts'
export { CHARGE_CURRENCY } from './model/numbers/charge-currency.ts'
export { createPromotions, type PromotionsDependencies } from './create-promotions.ts'
export type { DiscountLedger, NewRedemption, PromotionTotals, RedemptionQuery } from './discount-ledger.ts'
export { BudgetUsedUp, ChargeAlreadyBooked, CouponNotValid, CouponUsedUp, TooManyCouponAttempts, UnknownCoupon } from './model/errors.ts'
export type { CouponRequest, Promotions } from './promotions.ts'
export type { ChargeContext } from './engine/charge/charge-context.ts'
export type { ChargedUsage } from './engine/charge/price-charge.ts'
export { rateCharge, type RateChargeInput, type RatedCharge } from './engine/charge/rate-charge.ts'
export { describeCharge } from './engine/explanation/describe-charge.ts'
export { describeExplanation } from './engine/explanation/describe-explanation.ts'
export { hideCosts } from './engine/explanation/hide-costs.ts'
export { verifyExplanation } from './engine/explanation/verify-explanation.ts'
export { type RatedPeriodCharge, ratePeriodCharge, type RatePeriodChargeInput } from './engine/periods/rate-period-charge.ts'
export { checkChargeRule } from './engine/rules/check-charge-rule.ts'
export type { AppliedDiscount } from './model/discounts/applied-discount.ts'
export type { DiscountConditionDraft } from './model/discounts/conditions/condition.ts'
export { defineDiscount, type Discount, type DiscountDraft, type DiscountStacking } from './model/discounts/discount.ts'
export type { ChargeExplanation, ExplainedLine, ExplainedStep } from './model/explanation/charge-explanation.ts'
export type { ExplainedCharge } from './model/explanation/explained-charge.ts'
export type { ExplainedModel, ExplainedPart, ExplainedPeriod, PartSum } from './model/explanation/explained-period.ts'
export { defineMarkups } from './model/markups/markups.ts'
export { definePriceModel, type PriceModel, type PriceModelDraft } from './model/price-models/price-model.ts'
export type { ChargeViewer } from './model/promotions/charge-viewer.ts'
export type { CouponRedemption } from './model/promotions/coupon-redemption.ts'
export type { DiscountBooking } from './model/promotions/discount-booking.ts'
export {
  CHARGE_RULE_KINDS,
  type ChargeRule,
  type ChargeRuleDraft,
  type ChargeRuleKind,
  chargeRuleLabel,
  type ChargeRuleTerms,
  type DiscountTerms,
  type MarkupTerms,
  type PriceModelTerms,
} from './model/rules/charge-rule.ts'
export type { ChargeScenario, ModelName } from './model/simulation/charge-scenario.ts'
export type { ChargeFigures, ChargeSimulation, SimulatedFigures, SimulatedGroup, SimulationRequest } from './model/simulation/charge-simulation.ts'
export type { ChargedEvent } from './model/usage/charged-event.ts'
export type { UsageFilter } from './model/usage/usage-filter.ts'
