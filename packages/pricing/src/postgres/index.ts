export { pricingEntities } from './entities.ts'
export { pricingMigrations } from './migrations/index.ts'
export { postgresPriceStore } from './price-store.ts'
