import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** How far the ledger of each tenant has been verified, and with what result. */
export const verificationsMigration = sqlMigration('credits/0007-verifications', [
  `create table credits.verifications (
     tenant_id text collate "C" primary key,
     -- The last wallet that a verification in progress has looked at; null if none is in progress.
     after_wallet uuid,
     -- Differing wallets that the verification in progress has found.
     differing_so_far integer not null,
     -- When all wallets had been verified last, and how many of them differed.
     finished_at timestamptz,
     differing integer not null
   )`,
  grantToApplication('credits.verifications', 'select, insert, update'),
  ...isolateTenants('credits.verifications'),
])
