import type { SqlMigration } from '@tollgate/postgres'
import { webhooksMigration } from './0001-webhooks.ts'

/** Schema `webhooks`. */
export const webhooksMigrations: readonly SqlMigration[] = [webhooksMigration]
