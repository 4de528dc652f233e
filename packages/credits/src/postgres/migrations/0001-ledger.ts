import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Wallets, their grants, reservations and entries. */
export const ledgerMigration = sqlMigration('credits/0001-ledger', [
  'create schema credits',
  `grant usage on schema credits to ${APPLICATION_ROLE}`,

  `create table credits.wallets (
     tenant_id text collate "C" not null,
     id uuid not null,
     -- Null for the tenant's own wallet.
     customer_id text collate "C",
     terms jsonb not null,
     granted numeric not null default 0,
     available numeric not null default 0,
     reserved numeric not null default 0,
     consumed numeric not null default 0,
     expired numeric not null default 0,
     adjusted numeric not null default 0,
     debt numeric not null default 0,
     held_without_grant numeric not null default 0,
     sequence bigint not null default 0,
     -- When the next grant starts or expires, or the next allowance is due.
     next_due timestamptz,
     created_at timestamptz not null,
     updated_at timestamptz not null,
     primary key (tenant_id, id),
     unique nulls not distinct (tenant_id, customer_id),
     check (granted + available + reserved + consumed + expired + adjusted = 0)
   ) with (
     -- Hot rows are updated in place, many times: room on the page spares the indexes (HOT).
     fillfactor = 40,
     autovacuum_vacuum_scale_factor = 0.02
   )`,
  'create index wallets_due on credits.wallets (tenant_id, next_due) where next_due is not null',
  grantToApplication('credits.wallets', 'select, insert, update'),
  ...isolateTenants('credits.wallets'),

  `create table credits.grants (
     tenant_id text collate "C" not null,
     id uuid not null,
     wallet_id uuid not null,
     amount numeric not null,
     remaining numeric not null check (remaining >= 0),
     held numeric not null check (held >= 0),
     state text not null check (state in ('pending', 'active', 'ended')),
     source text not null,
     priority integer not null,
     effective_at timestamptz not null,
     expires_at timestamptz,
     rollover jsonb not null,
     description text,
     created_at timestamptz not null,
     is_open boolean not null generated always as (state = 'pending' or remaining > 0 or held > 0) stored,
     primary key (tenant_id, id),
     foreign key (tenant_id, wallet_id) references credits.wallets
   )`,
  'create index open_grants on credits.grants (tenant_id, wallet_id) where is_open',
  grantToApplication('credits.grants', 'select, insert, update (remaining, held, state)'),
  ...isolateTenants('credits.grants'),

  `create table credits.allowances (
     tenant_id text collate "C" not null,
     wallet_id uuid not null,
     id text collate "C" not null,
     amount numeric not null,
     priority integer not null,
     rollover jsonb not null,
     anchor_day smallint not null,
     time_zone text not null,
     next_at timestamptz not null,
     ends_at timestamptz,
     primary key (tenant_id, wallet_id, id),
     foreign key (tenant_id, wallet_id) references credits.wallets
   )`,
  grantToApplication('credits.allowances', 'select, insert, update'),
  ...isolateTenants('credits.allowances'),

  `create table credits.reservations (
     tenant_id text collate "C" not null,
     id text collate "C" not null,
     wallet_id uuid not null,
     amount numeric not null,
     state text not null check (state in ('open', 'settled', 'released', 'expired')),
     created_at timestamptz not null,
     expires_at timestamptz not null,
     shares jsonb not null,
     primary key (tenant_id, id),
     foreign key (tenant_id, wallet_id) references credits.wallets
   )`,
  `create index open_reservations on credits.reservations (tenant_id, wallet_id, expires_at) where state = 'open'`,
  grantToApplication('credits.reservations', 'select, insert, update (state, expires_at, shares)'),
  ...isolateTenants('credits.reservations'),

  // Entries are inserted only: the server cannot change or delete them. A posting of zero is null.
  `create table credits.entries (
     tenant_id text collate "C" not null,
     wallet_id uuid not null,
     sequence bigint not null,
     kind text collate "C" not null,
     occurred_at timestamptz not null,
     recorded_at timestamptz not null,
     granted numeric,
     available numeric,
     reserved numeric,
     consumed numeric,
     expired numeric,
     adjusted numeric,
     balance_after numeric not null,
     event_id uuid,
     cost_id uuid,
     grant_id uuid,
     -- Null if the entry took everything of one grant, which is paid_by.
     shares jsonb,
     paid_by uuid,
     reservation_id text,
     operation text collate "C",
     description text,
     resource_type text,
     resource_id text,
     primary key (tenant_id, wallet_id, sequence),
     check (coalesce(granted, 0) + coalesce(available, 0) + coalesce(reserved, 0) + coalesce(consumed, 0) + coalesce(expired, 0) + coalesce(adjusted, 0) = 0)
   )`,
  'create index entries_of_events on credits.entries (tenant_id, event_id) where event_id is not null',
  grantToApplication('credits.entries', 'select, insert'),
  ...isolateTenants('credits.entries'),

  `create table credits.keys (
     tenant_id text collate "C" not null,
     key text collate "C" not null,
     fingerprint text not null,
     grant_id uuid,
     primary key (tenant_id, key)
   )`,
  grantToApplication('credits.keys', 'select, insert'),
  ...isolateTenants('credits.keys'),

  `create table credits.debit_rules (
     tenant_id text collate "C" primary key,
     rule text not null
   )`,
  grantToApplication('credits.debit_rules', 'select, insert, update'),
  ...isolateTenants('credits.debit_rules'),

  // The last sequence of a tenant's alerts. Locked until commit by any transaction that adds alerts, so that they become
  // visible in their order and no follower misses one.
  `create table credits.alert_heads (
     tenant_id text collate "C" primary key,
     last bigint not null
   )`,
  grantToApplication('credits.alert_heads', 'select, insert, update'),
  ...isolateTenants('credits.alert_heads'),
  `create table credits.alerts (
     tenant_id text collate "C" not null,
     sequence bigint not null,
     wallet_id uuid not null,
     customer_id text,
     kind text not null,
     threshold numeric,
     balance numeric not null,
     grant_id uuid,
     occurred_at timestamptz not null,
     primary key (tenant_id, sequence)
   )`,
  grantToApplication('credits.alerts', 'select, insert'),
  ...isolateTenants('credits.alerts'),
])
