import type { MigrationObject } from '@mikro-orm/core'
import { webhooksMigration } from './0001-webhooks.ts'

/** Schema `webhooks`. */
export const webhooksMigrations: readonly MigrationObject[] = [webhooksMigration]
