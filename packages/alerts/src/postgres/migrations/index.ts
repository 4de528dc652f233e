import type { SqlMigration } from '@tollgate/postgres'
import { alertsMigration } from './0001-alerts.ts'

/** Schema `alerts`. */
export const alertsMigrations: readonly SqlMigration[] = [alertsMigration]
