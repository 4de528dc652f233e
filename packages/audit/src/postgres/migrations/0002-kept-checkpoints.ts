import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

/** What places outside the database keep of each log. Says only what to deliver next; it is never part of a verification. */
export const keptCheckpointsMigration = sqlMigration('audit/0002-kept-checkpoints', [
  `create table audit.kept_checkpoints (
     tenant_id text not null,
     place text not null,
     size bigint not null,
     kept_at timestamptz not null,
     primary key (tenant_id, place)
   )`,
  `create table audit.installation_kept_checkpoints (
     tenant_id text not null default '' check (tenant_id = ''),
     place text not null,
     size bigint not null,
     kept_at timestamptz not null,
     primary key (tenant_id, place)
   )`,
  ...['audit.kept_checkpoints', 'audit.installation_kept_checkpoints'].map(table => grantToApplication(table, 'select, insert, update')),
  ...isolateTenants('audit.kept_checkpoints'),
  `alter table audit.installation_kept_checkpoints enable row level security`,
  `create policy operators_only on audit.installation_kept_checkpoints using ((select tollgate.sees_every_tenant()))`,
])
