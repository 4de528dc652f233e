import type { SqlMigration } from '@tollgate/postgres'
import { eventsMigration } from './0001-events.ts'
import { rollupsMigration } from './0002-rollups.ts'
import { rollupMaintenanceMigration } from './0003-rollup-maintenance.ts'
import { rejectedEventsMigration } from './0004-rejected-events.ts'
import { reratingMigration } from './0006-rerating.ts'
import { serviceTierMigration } from './0007-service-tier.ts'
import { boundedRejectedEventsMigration } from './0009-bounded-rejected-events.ts'
import { detailsMigration } from './0010-details.ts'
import { customersMigration } from './0011-customers.ts'
import { creditsOfEventsMigration } from './0012-credits-of-events.ts'
import { visiblePartitionsMigration } from './0013-visible-partitions.ts'
import { pagesOfEventsMigration } from './0014-pages-of-events.ts'

/** The schema `usage`. Needs the migrations of the kernel. */
export const usageMigrations: readonly SqlMigration[] = [
  eventsMigration,
  rollupsMigration,
  rollupMaintenanceMigration,
  rejectedEventsMigration,
  reratingMigration,
  serviceTierMigration,
  boundedRejectedEventsMigration,
  detailsMigration,
  customersMigration,
  creditsOfEventsMigration,
  visiblePartitionsMigration,
  pagesOfEventsMigration,
]
