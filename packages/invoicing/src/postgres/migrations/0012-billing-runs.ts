import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Billing runs over many tenants, which belong to the operator. */
export const billingRunsMigration = sqlMigration('invoicing/0012-billing-runs', [
  `create table invoicing.billing_runs (
     id uuid primary key,
     state text not null check (state in ('queued', 'running', 'interrupted', 'completed')),
     through timestamptz not null,
     finalize boolean not null,
     -- Null for all tenants.
     tenants_to_bill text[],
     -- The process that works on it.
     claim uuid,
     total integer,
     tenants integer not null default 0,
     invoices integer not null default 0,
     drafts integer not null default 0,
     failures integer not null default 0,
     last_tenant text collate "C",
     created_at timestamptz not null,
     started_at timestamptz,
     updated_at timestamptz not null,
     finished_at timestamptz
   )`,
  // Runs that bill the same are shared until they complete.
  `create index billing_runs_to_do on invoicing.billing_runs (through) where state <> 'completed'`,
  grantToApplication('invoicing.billing_runs', 'select, insert, update, delete'),
  `create table invoicing.billing_run_failures (
     run_id uuid not null references invoicing.billing_runs on delete cascade,
     tenant text collate "C" not null,
     code text not null,
     message text not null,
     primary key (run_id, tenant)
   )`,
  grantToApplication('invoicing.billing_run_failures', 'select, insert, update, delete'),
  ...['billing_runs', 'billing_run_failures'].flatMap(table => [
    `alter table invoicing.${table} enable row level security`,
    `create policy operators_only on invoicing.${table} using ((select tollgate.sees_every_tenant()))`,
  ]),
])
