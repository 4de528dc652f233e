import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Keys that sign access tokens. They belong to the installation, so only an operator's scope sees them. */
export const signingKeysMigration = sqlMigration('accounts/0004-signing-keys', [
  `create table accounts.signing_keys (
     id text collate "C" primary key check (id ~ '^[0-9a-f]{16}$'),
     public_key text not null,
     private_key text not null,
     created_at timestamptz not null
   )`,
  grantToApplication('accounts.signing_keys', 'select, insert, delete'),
  `alter table accounts.signing_keys enable row level security`,
  `create policy operators_only on accounts.signing_keys using ((select tollgate.sees_every_tenant()))`,
])
