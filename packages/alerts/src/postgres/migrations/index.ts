import type { MigrationObject } from '@mikro-orm/core'
import { alertsMigration } from './0001-alerts.ts'

/** Schema `alerts`. */
export const alertsMigrations: readonly MigrationObject[] = [alertsMigration]
