import { sqlMigration } from '@tollgate/postgres'

/** What the wallet had consumed after each entry, so that a period is a difference of two entries and not a sum over many. */
export const consumedAfterMigration = sqlMigration('credits/0003-consumed-after', [
  'alter table credits.entries add column consumed_after numeric not null default 0',
])
