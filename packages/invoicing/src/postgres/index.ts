export { invoicingMigrations } from './migrations/index.ts'
export { postgresPlanStore } from './postgres-plan-store.ts'
export { postgresSubscriptionStore } from './postgres-subscription-store.ts'
