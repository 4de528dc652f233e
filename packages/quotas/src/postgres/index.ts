export { type CoalesceLimits } from './coalesce-commands.ts'
export { ALERTS_CHANNEL } from './insert-alerts.ts'
export { quotasMigrations } from './migrations/index.ts'
export { postgresQuotaStore, type PostgresQuotaStoreOptions } from './postgres-quota-store.ts'
