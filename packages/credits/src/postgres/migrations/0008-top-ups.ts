import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Top-ups that wallets have requested. */
export const topUpsMigration = sqlMigration('credits/0008-top-ups', [
  `create table credits.top_ups (
     tenant_id text collate "C" not null,
     id uuid not null,
     wallet_id uuid not null,
     customer_id text collate "C",
     amount numeric not null,
     state text not null check (state in ('requested', 'granted', 'failed')),
     requested_at timestamptz not null,
     attempts integer not null,
     next_attempt_at timestamptz not null,
     grant_id uuid,
     reason text,
     primary key (tenant_id, id),
     foreign key (tenant_id, wallet_id) references credits.wallets
   )`,
  `create index due_top_ups on credits.top_ups (tenant_id, next_attempt_at) where state = 'requested'`,
  grantToApplication('credits.top_ups', 'select, insert, update (state, attempts, next_attempt_at, grant_id, reason)'),
  ...isolateTenants('credits.top_ups'),

  // What was requested this month, and whether the next top-up may be requested; null for wallets that were never topped up.
  'alter table credits.wallets add column top_ups jsonb',
  'alter table credits.alerts add column top_up_id uuid, add column top_up_amount numeric, add column reason text',
])
