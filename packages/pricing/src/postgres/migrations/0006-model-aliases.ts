import { grantToApplication, isolateTenants, sqlMigration } from '@tollgate/postgres'

const COLUMNS = `
     id uuid not null,
     provider text collate "C" not null,
     name text collate "C" not null,
     target_provider text,
     target_model text,
     effective_from timestamptz,
     effective_to timestamptz,
     published_at timestamptz not null,
     check ((target_provider is null) = (target_model is null)),
     check (effective_from < effective_to)`

/** Aliases of models: those of tenants, and those for all tenants in tables of their own. Nothing but the counts is ever updated. */
export const modelAliasesMigration = sqlMigration('pricing/0006-model-aliases', [
  `create table pricing.model_aliases (
     tenant_id text collate "C" not null,${COLUMNS},
     primary key (tenant_id, id)
   )`,
  // Incremented with each alias of the tenant. Readers compare the sum, so that tenants do not wait for each other.
  `create table pricing.alias_counts (
     tenant_id text collate "C" primary key,
     aliases bigint not null check (aliases >= 0)
   )`,
  ...isolateTenants('pricing.model_aliases'),
  ...isolateTenants('pricing.alias_counts'),
  grantToApplication('pricing.model_aliases', 'select, insert'),
  grantToApplication('pricing.alias_counts', 'select, insert, update (aliases)'),

  `create table pricing.shared_model_aliases (${COLUMNS},
     primary key (id)
   )`,
  `create table pricing.shared_alias_count (
     aliases bigint not null check (aliases >= 0),
     single boolean primary key default true check (single)
   )`,
  `insert into pricing.shared_alias_count (aliases) values (0)`,
  ...['shared_model_aliases', 'shared_alias_count'].flatMap(table => [
    `alter table pricing.${table} enable row level security`,
    `create policy everyone on pricing.${table} for select using (true)`,
  ]),
  `create policy operators_write on pricing.shared_model_aliases for insert with check ((select tollgate.sees_every_tenant()))`,
  `create policy operators_count on pricing.shared_alias_count for update using ((select tollgate.sees_every_tenant()))`,
  grantToApplication('pricing.shared_model_aliases', 'select, insert'),
  grantToApplication('pricing.shared_alias_count', 'select, update (aliases)'),
])
