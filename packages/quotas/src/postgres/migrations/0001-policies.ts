import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** The schema, plans, and tenants' own policies. */
export const policiesMigration = sqlMigration('quotas/0001-policies', [
  'create schema quotas',
  `grant usage on schema quotas to ${APPLICATION_ROLE}`,

  // Every publication is kept; of a name, the last one holds.
  `create table quotas.plans (
     publication bigint primary key,
     name text not null,
     plan jsonb not null,
     published_at timestamptz not null default now()
   )`,
  `create index on quotas.plans (name, publication desc)`,
  grantToApplication('quotas.plans', 'select, insert'),
  // One row: how often a plan was published. Taken by whoever publishes, so that publications are numbered in the order
  // in which they commit.
  `create table quotas.plan_revision (only_row boolean primary key default true check (only_row), revision bigint not null)`,
  'insert into quotas.plan_revision (revision) values (0)',
  grantToApplication('quotas.plan_revision', 'select, update'),

  `create table quotas.overrides (
     id uuid primary key,
     tenant_id text not null,
     -- Numbered from 1 in each tenant, in the order in which they commit.
     revision bigint not null,
     slot text not null,
     policy jsonb,
     set_by text,
     set_at timestamptz not null,
     unique (tenant_id, revision)
   )`,
  // How often a tenant's policies were set. A row less than there are tenants: none, where nothing was set.
  `create table quotas.tenant_revisions (
     tenant_id text primary key,
     revision bigint not null
   )`,
  ...isolateTenants('quotas.overrides'),
  ...isolateTenants('quotas.tenant_revisions'),
  grantToApplication('quotas.overrides', 'select, insert'),
  grantToApplication('quotas.tenant_revisions', 'select, insert, update'),
])
