export { postgresChargeRuleStore } from './charge-rule-store.ts'
export { postgresDiscountLedger } from './discount-ledger.ts'
export { chargesMigrations } from './migrations/index.ts'
