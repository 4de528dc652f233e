import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Policies, holds and steps of collections. */
export const collectionsMigration = sqlMigration('invoicing/0006-collections', [
  // One row: the policy of tenants without one of their own.
  `create table invoicing.collection_defaults (
     only_row boolean primary key default true check (only_row),
     policy jsonb not null
   )`,
  grantToApplication('invoicing.collection_defaults', 'select, insert, update, delete'),
  'alter table invoicing.collection_defaults enable row level security',
  'create policy readable on invoicing.collection_defaults for select using ((select tollgate.sees_any_tenant()))',
  'create policy operators_write on invoicing.collection_defaults using ((select tollgate.sees_every_tenant()))',

  `create table invoicing.collection_policies (
     tenant_id text collate "C" primary key,
     policy jsonb not null
   )`,
  grantToApplication('invoicing.collection_policies', 'select, insert, update, delete'),
  ...isolateTenants('invoicing.collection_policies'),

  `create table invoicing.collection_holds (
     tenant_id text collate "C" not null,
     id uuid not null,
     kind text not null check (kind in ('pause', 'dispute')),
     invoice_id uuid,
     held_from timestamptz not null,
     held_to timestamptz,
     reason text,
     resolution text check (resolution in ('accepted', 'rejected', 'withdrawn')),
     primary key (tenant_id, id),
     check (kind = 'pause' or invoice_id is not null)
   )`,
  grantToApplication('invoicing.collection_holds', 'select, insert, update (held_to, resolution)'),
  ...isolateTenants('invoicing.collection_holds'),

  // A step is taken once, because its key is unique for the invoice. Only which invoice charges a late fee changes.
  `create table invoicing.collection_steps (
     tenant_id text collate "C" not null,
     invoice_id uuid not null,
     key text collate "C" not null,
     kind text not null check (kind in ('reminder', 'late_fee', 'uncollectible')),
     day integer,
     due_at timestamptz not null,
     taken_at timestamptz not null,
     outcome text not null check (outcome in ('done', 'skipped')),
     amount numeric,
     billed_on uuid,
     primary key (tenant_id, invoice_id, key)
   )`,
  `create index unbilled_late_fees on invoicing.collection_steps (tenant_id, due_at) where kind = 'late_fee' and outcome = 'done' and billed_on is null`,
  grantToApplication('invoicing.collection_steps', 'select, insert, update (billed_on)'),
  ...isolateTenants('invoicing.collection_steps'),
])
