export { webhooksEncryptedColumns } from './endpoint-rows.ts'
export { type PostgresWebhookStoreOptions, postgresWebhookStore } from './webhook-store.ts'
export { webhooksMigrations } from './migrations/index.ts'
