export { memoryChargedTenants } from './charged-tenants.ts'
export { memoryChargedUsage } from './charged-usage.ts'
export { memoryChargeRuleStore } from './charge-rule-store.ts'
export { memoryDiscountLedger } from './discount-ledger.ts'
