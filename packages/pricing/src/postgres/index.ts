export { postgresChargeRuleStore } from './charge-rule-store.ts'
export { pricingEntities } from './entities.ts'
export { pricingMigrations } from './migrations/index.ts'
export { postgresPriceStore } from './price-store.ts'
