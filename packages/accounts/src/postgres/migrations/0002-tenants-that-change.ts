import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** The day on which a tenant's billing periods start; and all of a tenant but its id, and when it was made, can change. */
export const tenantsThatChangeMigration = sqlMigration('accounts/0002-tenants-that-change', [
  `alter table accounts.tenants add column billing_anchor_day smallint not null default 1 check (billing_anchor_day between 1 and 31)`,
  grantToApplication('accounts.tenants', 'update (name, tier, time_zone, currency, billing_anchor_day)'),
])
