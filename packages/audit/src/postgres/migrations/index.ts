import type { SqlMigration } from '@tollgate/postgres'
import { countsMigration } from './0004-counts.ts'
import { logsMigration } from './0001-logs.ts'
import { keptCheckpointsMigration } from './0002-kept-checkpoints.ts'
import { subjectKeysMigration } from './0003-subject-keys.ts'
import { archivesMigration } from './0005-archives.ts'
import { visiblePartitionsMigration } from './0006-visible-partitions.ts'
import { reportersMigration } from './0007-reporters.ts'

/** Schema `audit`. */
export const auditMigrations: readonly SqlMigration[] = [
  logsMigration,
  keptCheckpointsMigration,
  subjectKeysMigration,
  countsMigration,
  archivesMigration,
  visiblePartitionsMigration,
  reportersMigration,
]
