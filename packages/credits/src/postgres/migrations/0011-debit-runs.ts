import { sqlMigration } from '@tollgate/postgres'

/** Lets a row of entries hold a run of debits: what thousands of events debit from a wallet takes a few rows. */
export const debitRunsMigration = sqlMigration('credits/0011-debit-runs', [
  `alter table credits.entries
     -- Number of entries that the row holds. Their sequences count up from that of the row; its amounts are their sums, and its
     -- balances those after the last.
     add column entry_count integer not null default 1,
     -- One element for each entry, in order. Null in a row of one entry.
     add column amounts numeric[],
     add column occurred_ats timestamptz[],
     -- Null too for entries without an event.
     add column event_ids uuid[],
     -- Second of all event_ids, which are UUIDv7. They are found by it, because an index of arrays cannot be used with
     -- row-level security.
     add column event_second bigint,
     -- Operations, descriptions, resources and costs, if they differ.
     add column reasons jsonb,
     add constraint run_is_whole check (entry_count = coalesce(cardinality(amounts), 1) and entry_count = coalesce(cardinality(occurred_ats), 1)) not valid`,
  'create index entries_of_event_runs on credits.entries (tenant_id, event_second) where event_second is not null',
])
