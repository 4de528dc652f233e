import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** The rules by which tenants are charged, version by version. Nothing here is ever updated: the application role may read and insert only. */
export const chargeRulesMigration = sqlMigration('pricing/0003-charge-rules', [
  // Names in the "C" collation: two that differ in any character are two rules. `sequence` and `version` are counted by
  // the trigger below, whatever is inserted.
  `create table pricing.charge_rules (
     id uuid primary key,
     sequence bigint not null unique,
     kind text not null check (kind in ('markup', 'discount', 'price-model')),
     name text collate "C" not null,
     version integer not null,
     tenant_id text,
     plan text,
     effective_from timestamptz not null,
     effective_to timestamptz,
     terms jsonb,
     published_at timestamptz not null,
     unique (kind, name, version),
     check (effective_from < effective_to),
     check (terms is not null or effective_to is null),
     check (terms ->> 'kind' = kind)
   )`,

  // One row, so that publications are counted in the order of their commits: each waits for the one before. A reader that
  // has seen a version has seen every one before it.
  `create table pricing.charge_rules_version (
     version bigint not null,
     single boolean primary key default true check (single)
   )`,
  `insert into pricing.charge_rules_version (version) values (0)`,
  // Under "read committed" the second statement sees what the first one waited for.
  `create function pricing.count_charge_rule() returns trigger security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     update pricing.charge_rules_version set version = version + 1 returning version into new.sequence;
     select coalesce(max(version), 0) + 1 into new.version from pricing.charge_rules where kind = new.kind and name = new.name;
     return new;
   end $$`,
  `create trigger count_charge_rule before insert on pricing.charge_rules for each row execute function pricing.count_charge_rule()`,

  // Not `isolateTenants`: rules have coupons and other tenants' terms in them, and are the operator's alone.
  `alter table pricing.charge_rules enable row level security`,
  `create policy operators_only on pricing.charge_rules
     using ((select tollgate.sees_every_tenant())) with check ((select tollgate.sees_every_tenant()))`,
  grantToApplication('pricing.charge_rules', 'select, insert'),
  grantToApplication('pricing.charge_rules_version', 'select'),
])
