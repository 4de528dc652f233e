export { memoryChargeRuleStore } from './charge-rule-store.ts'
export { memoryPriceStore } from './price-store.ts'
