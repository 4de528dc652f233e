import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Events that were refused. */
export const rejectedEventsMigration = sqlMigration('usage/0004-rejected-events', [
  // The payload is "json", not "jsonb": it is kept as it was sent, with characters that jsonb and text cannot hold.
  `create table usage.rejected_events (
     id uuid primary key,
     tenant_id text not null,
     idempotency_key text,
     reason text not null,
     payload json,
     fingerprint bytea not null,
     rejected_at timestamptz not null,
     attempts integer not null,
     resolved_at timestamptz
   )`,
  // The same, refused again, is found by it and counted up.
  `create unique index on usage.rejected_events (tenant_id, fingerprint) where resolved_at is null`,
  // A tenant's list, read backwards; an operator's is the primary key.
  `create index on usage.rejected_events (tenant_id, id)`,
  ...isolateTenants('usage.rejected_events'),
  grantToApplication('usage.rejected_events', 'select, insert, update'),
])
