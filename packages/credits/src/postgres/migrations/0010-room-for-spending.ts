import { sqlMigration } from '@tollgate/postgres'

/** Leaves room on the pages of grants, so that spending a grant updates it in place and spares its indexes (HOT). */
export const roomForSpendingMigration = sqlMigration('credits/0010-room-for-spending', [
  'alter table credits.grants set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)',
])
