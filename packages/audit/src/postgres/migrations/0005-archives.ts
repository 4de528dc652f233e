import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** Files with the entries of past months. The server adds them; only the owner removes entries that are in them, and says so. */
export const archivesMigration = sqlMigration('audit/0005-archives', [
  `create table audit.archives (
     tenant_id text not null,
     month date not null,
     first_sequence bigint not null,
     last_sequence bigint not null,
     file text not null,
     sha256 bytea not null,
     note text not null,
     frontier bytea not null,
     last_hash bytea not null,
     archived_at timestamptz not null,
     dropped_at timestamptz,
     primary key (tenant_id, month)
   )`,
  grantToApplication('audit.archives', 'select, insert'),
  ...isolateTenants('audit.archives'),
])
