export { ALERTS_CHANNEL } from './alerts/insert-alerts.ts'
export { type CoalesceLimits } from './commands/coalesce-commands.ts'
export { quotasMigrations } from './migrations/index.ts'
export { postgresQuotaStore, type PostgresQuotaStoreOptions, quotaStoreFailure } from './postgres-quota-store.ts'
