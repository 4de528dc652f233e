import type { SqlMigration } from '@tollgate/postgres'
import { logsMigration } from './0001-logs.ts'
import { keptCheckpointsMigration } from './0002-kept-checkpoints.ts'

/** Schema `audit`. */
export const auditMigrations: readonly SqlMigration[] = [logsMigration, keptCheckpointsMigration]
