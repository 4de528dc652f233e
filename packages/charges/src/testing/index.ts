export { type ChargeRuleTraits, makeChargeRule } from './charge-rule.ts'
export { describeChargeRuleStore } from './describe-charge-rule-store.ts'
export { describeDiscountLedger } from './describe-discount-ledger.ts'
