export { creditsMigrations } from './migrations/index.ts'
export { type PostgresCreditStoreOptions, postgresCreditStore } from './postgres-credit-store.ts'
export { CREDIT_ALERTS_CHANNEL } from './save-alerts.ts'
