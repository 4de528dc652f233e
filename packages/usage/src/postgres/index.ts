export { usageMigrations } from './migrations/index.ts'
export { ensurePartitions } from './partitions.ts'
export { postgresUsageStore, type PostgresUsageStoreOptions } from './postgres-usage-store.ts'
