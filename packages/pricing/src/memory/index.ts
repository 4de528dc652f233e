export { memoryDiscountLedger } from './discount-ledger.ts'
export { memoryChargeRuleStore } from './charge-rule-store.ts'
export { memoryPriceStore } from './price-store.ts'
