export { type ChargeRuleTraits, makeChargeRule } from './charge-rule.ts'
export { describeChargeRuleStore } from './describe-charge-rule-store.ts'
export { describePriceStore } from './describe-price-store.ts'
export { makePrice, type PriceTraits } from './price.ts'
