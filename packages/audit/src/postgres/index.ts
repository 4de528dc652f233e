export { auditMigrations } from './migrations/index.ts'
export { ensureAuditPartitions } from './partitions.ts'
export { auditEncryptedColumns } from './subject-keys.ts'
export { postgresAuditStore } from './postgres-audit-store.ts'
