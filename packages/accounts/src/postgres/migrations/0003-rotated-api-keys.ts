import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** The secret that a rotation replaced, which works for some time longer. */
export const rotatedApiKeysMigration = sqlMigration('accounts/0003-rotated-api-keys', [
  `alter table accounts.api_keys
     add column previous_secret_hash text unique check (previous_secret_hash ~ '^[0-9a-f]{64}$'),
     add column previous_secret_expires_at timestamptz,
     add check ((previous_secret_hash is null) = (previous_secret_expires_at is null))`,
  grantToApplication('accounts.api_keys', 'update (secret_hash, prefix, previous_secret_hash, previous_secret_expires_at)'),
])
