import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** The clocks of simulated tenants. */
export const testClocksMigration = sqlMigration('accounts/0008-test-clocks', [
  `create table accounts.test_clocks (
     tenant_id text collate "C" primary key references accounts.tenants,
     now timestamptz not null,
     target timestamptz not null check (target >= now),
     created_at timestamptz not null
   )`,
  grantToApplication('accounts.test_clocks', 'select, insert, update (now, target), delete'),
  ...isolateTenants('accounts.test_clocks'),
])
