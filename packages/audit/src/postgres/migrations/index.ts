import type { SqlMigration } from '@tollgate/postgres'
import { logsMigration } from './0001-logs.ts'

/** Schema `audit`. */
export const auditMigrations: readonly SqlMigration[] = [logsMigration]
