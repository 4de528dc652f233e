import { APPLICATION_ROLE, grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

interface SubjectTables {
  readonly prefix: string
  readonly tenantColumn: string
  readonly isolate: (table: string) => readonly string[]
}

function subjectTables({ prefix, tenantColumn, isolate }: SubjectTables): string[] {
  const keys = `audit.${prefix}subject_keys`
  const data = `audit.${prefix}personal_data`
  return [
    // The key of each person whom personal data is about. Without the key, nobody can read the data, in no backup or archive.
    `create table ${keys} (
       ${tenantColumn},
       key_id uuid not null,
       subject_id text not null,
       wrapped_key bytea,
       created_at timestamptz not null,
       erased_at timestamptz,
       primary key (tenant_id, key_id)
     )`,
    // A subject has at most one key that is not erased.
    `create unique index ${prefix}subject_keys_in_use on ${keys} (tenant_id, subject_id) where wrapped_key is not null`,
    grantToApplication(keys, 'select, insert'),
    // To erase it, and to encrypt it again with another key of the installation.
    `grant update (wrapped_key, erased_at) on ${keys} to ${APPLICATION_ROLE}`,
    ...isolate(keys),
    `alter table ${data} alter column salt drop not null, alter column data drop not null,
       add column key_id uuid, add column ciphertext bytea`,
  ]
}

/** Personal data is encrypted with a key of its subject. Rows of earlier versions have `salt` and `data` as they are. */
export const subjectKeysMigration = sqlMigration('audit/0003-subject-keys', [
  ...subjectTables({ prefix: '', tenantColumn: 'tenant_id text not null', isolate: isolateTenants }),
  ...subjectTables({
    prefix: 'installation_',
    tenantColumn: `tenant_id text not null default '' check (tenant_id = '')`,
    isolate: table => [
      `alter table ${table} enable row level security`,
      `create policy operators_only on ${table} using ((select tollgate.sees_every_tenant()))`,
    ],
  }),
])
