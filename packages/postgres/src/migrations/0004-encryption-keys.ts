import { sqlMigration } from './sql-migration.ts'
import { grantToApplication } from './tenant-isolation.ts'

/**
 * Ids of the keys that stored values are encrypted with, so that a server without them does not start. They belong to the
 * installation, so only an operator's scope sees them.
 */
export const encryptionKeysMigration = sqlMigration('kernel/0004-encryption-keys', [
  `create table tollgate.encryption_keys (
     id text collate "C" primary key check (id ~ '^[0-9a-f]{16}$'),
     created_at timestamptz not null,
     -- Whether this key alone encrypted every value at that time.
     completed_at timestamptz
   )`,
  grantToApplication('tollgate.encryption_keys', 'select, insert, update, delete'),
  `alter table tollgate.encryption_keys enable row level security`,
  `create policy operators_only on tollgate.encryption_keys using ((select tollgate.sees_every_tenant()))`,
])
