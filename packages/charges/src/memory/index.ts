export { memoryChargeRuleStore } from './charge-rule-store.ts'
export { memoryDiscountLedger } from './discount-ledger.ts'
