import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Tenants, which are never deleted, and keys, of which only the revocation and the last use change. */
export const tenantsAndApiKeysMigration = sqlMigration('accounts/0001-tenants-and-api-keys', [
  `create schema accounts`,
  `grant usage on schema accounts to ${APPLICATION_ROLE}`,

  // Ids sort by code points, here and in every other program.
  `create table accounts.tenants (
     id text collate "C" primary key,
     name text not null,
     tier text,
     time_zone text not null,
     currency text not null,
     created_at timestamptz not null
   )`,
  grantToApplication('accounts.tenants', 'select, insert'),
  `alter table accounts.tenants enable row level security`,
  `create policy tenant_isolation on accounts.tenants
     using ((select tollgate.sees_every_tenant()) or id = any ((select tollgate.visible_tenants())::text[]))`,

  // No tenant: an operator's key, which only an operator's scope sees.
  `create table accounts.api_keys (
     id uuid primary key,
     tenant_id text collate "C" references accounts.tenants,
     name text not null,
     prefix text not null,
     secret_hash text not null unique check (secret_hash ~ '^[0-9a-f]{64}$'),
     scopes text[] not null,
     created_at timestamptz not null,
     expires_at timestamptz,
     revoked_at timestamptz,
     last_used_at timestamptz
   )`,
  `create index api_keys_by_tenant on accounts.api_keys (tenant_id, id)`,
  grantToApplication('accounts.api_keys', 'select, insert, update (revoked_at, last_used_at)'),
  ...isolateTenants('accounts.api_keys'),
])
