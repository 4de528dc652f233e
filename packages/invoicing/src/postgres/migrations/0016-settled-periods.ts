import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Remembers what was used in billing periods in which late usage is not looked for any more. */
export const settledPeriodsMigration = sqlMigration('invoicing/0016-settled-periods', [
  'alter table invoicing.billing_periods add column settled_calls bigint, add column settled_cost numeric',
  grantToApplication('invoicing.billing_periods', 'update (settled_calls, settled_cost)'),
])
