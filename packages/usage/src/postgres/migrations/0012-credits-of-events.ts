import { sqlMigration } from '@tollgate/postgres'

/** What events say for entries of credits. Null in most events; no row is rewritten. */
export const creditsOfEventsMigration = sqlMigration('usage/0012-credits-of-events', [
  `alter table usage.events
     -- Credits to debit instead of the credit cost of the operation.
     add column credits numeric,
     add column description text,
     add column resource_type text,
     add column resource_id text`,
])
