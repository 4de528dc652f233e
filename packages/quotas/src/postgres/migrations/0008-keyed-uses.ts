import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Which amounts were counted under an idempotency key, so that a repeat counts nothing. */
export const keyedUsesMigration = sqlMigration('quotas/0008-keyed-uses', [
  `create table quotas.keyed_uses (
     tenant_id text collate "C" not null,
     idempotency_key text collate "C" not null,
     -- A hash of what was asked: a repeat must ask the same.
     content uuid not null,
     counted_at timestamptz not null,
     primary key (tenant_id, idempotency_key)
   )`,
  // For the sweep.
  'create index on quotas.keyed_uses (counted_at)',
  ...isolateTenants('quotas.keyed_uses'),
  grantToApplication('quotas.keyed_uses', 'select, insert, delete, update'),
])
