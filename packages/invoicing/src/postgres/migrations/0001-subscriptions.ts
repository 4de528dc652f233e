import { APPLICATION_ROLE, grantToApplication, isolateTenants, shareWithTenants, sqlMigration } from '@tollgate/postgres'

const STANDARD_PLANS = [
  {
    name: 'free',
    terms:
      '{"title":"Free","description":"To try things out.","currency":"USD","feeInterval":"month","feeTiming":"in_advance","recurringFee":"0","seats":null,"usageCharges":[],"minimumCommitment":null,"quotas":null,"creditAllowance":null,"creditValue":null,"trialDays":0,"rank":0}',
  },
  {
    name: 'pro',
    terms:
      '{"title":"Pro","description":"For teams.","currency":"USD","feeInterval":"month","feeTiming":"in_advance","recurringFee":"99","seats":{"included":5,"unitPrice":"15"},"usageCharges":[],"minimumCommitment":null,"quotas":null,"creditAllowance":null,"creditValue":null,"trialDays":14,"rank":10}',
  },
  {
    name: 'business',
    terms:
      '{"title":"Business","description":"For companies.","currency":"USD","feeInterval":"month","feeTiming":"in_advance","recurringFee":"499","seats":{"included":25,"unitPrice":"12"},"usageCharges":[],"minimumCommitment":null,"quotas":null,"creditAllowance":null,"creditValue":null,"trialDays":14,"rank":20}',
  },
  {
    name: 'enterprise',
    terms:
      '{"title":"Enterprise","description":"For large companies, with a minimum of usage.","currency":"USD","feeInterval":"month","feeTiming":"in_advance","recurringFee":"1999","seats":null,"usageCharges":[],"minimumCommitment":"1000","quotas":null,"creditAllowance":null,"creditValue":null,"trialDays":30,"rank":30}',
  },
] as const

/** Plans and subscriptions. */
export const subscriptionsMigration = sqlMigration('invoicing/0001-subscriptions', [
  'create schema invoicing',
  `grant usage on schema invoicing to ${APPLICATION_ROLE}`,

  // Of the installation. Inserted only: versions of plans never change.
  `create table invoicing.plans (
     name text collate "C" not null,
     version integer not null check (version > 0),
     key text collate "C" not null unique,
     terms jsonb not null,
     published_at timestamptz not null,
     primary key (name, version)
   )`,
  ...STANDARD_PLANS.map(
    ({ name, terms }) =>
      `insert into invoicing.plans (name, version, key, terms, published_at) values ('${name}', 1, '${name}', '${terms}', '2026-01-01T00:00:00Z')`,
  ),
  grantToApplication('invoicing.plans', 'select, insert'),
  ...shareWithTenants('invoicing.plans'),
  'create policy operators_write on invoicing.plans for insert with check ((select tollgate.sees_every_tenant()))',

  `create table invoicing.subscriptions (
     tenant_id text collate "C" not null,
     id uuid not null,
     status text not null check (status in ('scheduled', 'trialing', 'active', 'paused', 'cancelled', 'expired')),
     currency text not null,
     anchor_day smallint not null check (anchor_day between 1 and 31),
     time_zone text not null,
     started_at timestamptz not null,
     trial_ends_at timestamptz,
     cancels_at timestamptz,
     ended_at timestamptz,
     previous_tier text,
     phases jsonb not null,
     advanced_to timestamptz not null,
     -- When a phase starts or the last one ends, after advanced_to.
     next_change timestamptz,
     revision integer not null,
     primary key (tenant_id, id)
   )`,
  // A tenant has at most one subscription that has not ended, also if two calls subscribe it at the same time.
  'create unique index open_subscription on invoicing.subscriptions (tenant_id) where ended_at is null',
  // For the job that gives effect to what is due.
  'create index subscriptions_due on invoicing.subscriptions (next_change) where next_change is not null',
  grantToApplication(
    'invoicing.subscriptions',
    'select, insert, update (status, trial_ends_at, cancels_at, ended_at, phases, advanced_to, next_change, revision)',
  ),
  ...isolateTenants('invoicing.subscriptions'),
])
