import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** What operations cost in credits: of the installation, the same for all tenants. */
export const costsMigration = sqlMigration('credits/0002-costs', [
  `create table credits.costs (
     id uuid primary key,
     operation text collate "C" not null,
     provider text collate "C",
     model text collate "C",
     rates jsonb not null,
     effective_from timestamptz not null,
     effective_to timestamptz,
     unique nulls not distinct (operation, provider, model, effective_from)
   )`,
  grantToApplication('credits.costs', 'select, insert, update (effective_to)'),
  // Everyone may read what operations cost; only an operator may change it.
  'alter table credits.costs enable row level security',
  'create policy everyone_reads on credits.costs for select using (true)',
  'create policy operators_write on credits.costs for insert with check ((select tollgate.sees_every_tenant()))',
  'create policy operators_change on credits.costs for update using ((select tollgate.sees_every_tenant()))',
])
