import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Events that stand for several occurrences, and counts of activity until they become events. */
export const countsMigration = sqlMigration('audit/0004-counts', [
  ...['events', 'installation_events'].map(table => `alter table audit.${table} add column count bigint not null default 1`),
  // A row for each actor, type and commit of the last minutes. They become one event per minute, and are deleted.
  `create table audit.activity_counts (
     tenant_id text not null,
     minute timestamptz not null,
     id uuid not null,
     actor_kind text not null,
     actor_id text,
     family text not null,
     action text not null,
     calls bigint not null,
     counts jsonb not null,
     primary key (tenant_id, minute, id)
   )`,
  grantToApplication('audit.activity_counts', 'select, insert, delete'),
  ...isolateTenants('audit.activity_counts'),
])
