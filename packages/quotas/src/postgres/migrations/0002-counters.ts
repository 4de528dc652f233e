import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Counters, and what reservations hold of them. */
export const countersMigration = sqlMigration('quotas/0002-counters', [
  `create table quotas.counters (
     -- A hash of the four columns behind it; see counterId.
     id uuid primary key,
     tenant_id text collate "C" not null,
     slot text collate "C" not null,
     scope_value text collate "C" not null,
     window_from timestamptz not null,
     window_to timestamptz not null,
     used numeric not null default 0,
     -- The sum of the holds of this counter, expired ones included until somebody cleans up.
     reserved numeric not null default 0,
     -- By policy and limit: the highest threshold that an alert was raised for.
     raised jsonb not null default '{}'
   ) with (
     -- Hot rows are updated in place, many times: room on the page spares the indexes (HOT).
     fillfactor = 40,
     autovacuum_vacuum_scale_factor = 0.02
   )`,
  // A slot's values in one window; a tenant's history. None of these columns ever changes, so updates stay in place.
  `create index on quotas.counters (tenant_id, slot, window_from)`,
  ...isolateTenants('quotas.counters'),
  grantToApplication('quotas.counters', 'select, insert, update'),

  `create table quotas.reservations (
     id uuid primary key,
     tenant_id text not null,
     made_at timestamptz not null,
     expires_at timestamptz not null,
     closed text check (closed in ('settled', 'released')),
     dimensions jsonb not null,
     amounts jsonb not null,
     -- Whoever changes a reservation holds the locks of all these.
     counter_ids uuid[] not null
   )`,
  ...isolateTenants('quotas.reservations'),
  grantToApplication('quotas.reservations', 'select, insert, update'),

  // Gone when the reservation ends, or when somebody cleans up after its time.
  `create table quotas.holds (
     reservation_id uuid not null,
     counter_id uuid not null,
     tenant_id text not null,
     amount numeric not null,
     expires_at timestamptz not null,
     primary key (reservation_id, counter_id)
   )`,
  // What has expired of a counter; and of all, for the sweep.
  `create index on quotas.holds (counter_id, expires_at)`,
  `create index on quotas.holds (expires_at)`,
  ...isolateTenants('quotas.holds'),
  grantToApplication('quotas.holds', 'select, insert, update, delete'),
])
