import { APPLICATION_ROLE, grantToApplication, sqlMigration } from '@tollgate/postgres'

/**
 * Prices, their rates, and which bundled ones are in force. Nothing here is ever updated: the application role may read
 * and insert only.
 */
export const pricesMigration = sqlMigration('pricing/0001-prices', [
  `create schema pricing`,
  `grant usage on schema pricing to ${APPLICATION_ROLE}`,

  // Names in the "C" collation: the order of a page is that of the characters' numbers, as in JavaScript.
  `create table pricing.prices (
     id text collate "C" primary key,
     sequence bigint generated always as identity,
     source text not null check (source in ('bundled', 'custom', 'tenant')),
     tenant_id text,
     provider text collate "C" not null,
     model text collate "C" not null,
     match jsonb not null,
     effective_from timestamptz,
     effective_to timestamptz,
     day_from time(0),
     day_to time(0),
     usd_per_request numeric check (usd_per_request >= 0),
     published_at timestamptz not null,
     check ((source = 'tenant') = (tenant_id is not null)),
     check (effective_from < effective_to),
     check ((day_from is null) = (day_to is null))
   )`,
  `create index prices_of_model on pricing.prices (provider, model)`,
  // Published prices, of which a catalogue takes all, beside the many that are bundled.
  `create index prices_published on pricing.prices (sequence) where source <> 'bundled'`,

  // Step 0 is the base rate; the others price by context length, each what is longer than \`above\`.
  `create table pricing.price_rates (
     price_id text collate "C" not null references pricing.prices,
     pool text not null,
     step smallint not null check (step >= 0),
     above bigint check (above >= 0),
     usd_per_million_tokens numeric not null check (usd_per_million_tokens >= 0),
     primary key (price_id, pool, step),
     check ((step = 0) = (above is null))
   )`,

  // Releases of bundled prices, of which the last is in force, and their prices in the order that counts.
  `create table pricing.bundled_releases (
     number bigint generated always as identity primary key,
     digest text not null unique,
     imported_at timestamptz not null default now()
   )`,
  `create table pricing.bundled_release_prices (
     release bigint not null references pricing.bundled_releases,
     price_id text collate "C" not null references pricing.prices,
     position integer not null,
     primary key (release, price_id)
   )`,

  // One row, so that versions are handed out in the order of the commits. A sequence would let a reader see a version
  // while an earlier publication is still to be committed, and miss that one for ever.
  `create table pricing.catalog_version (
     version bigint not null,
     single boolean primary key default true check (single)
   )`,
  `insert into pricing.catalog_version (version) values (0)`,
  `create function pricing.count_publication() returns trigger security definer set search_path = pricing, pg_temp language plpgsql as $$
   begin
     if exists (select from inserted) then
       update pricing.catalog_version set version = version + 1;
     end if;
     return null;
   end $$`,
  ...['prices', 'bundled_releases'].map(
    table => `create trigger count_publication after insert on pricing.${table}
       referencing new table as inserted for each statement execute function pricing.count_publication()`,
  ),

  // Not \`isolateTenants\`: prices of no tenant are everyone's to see, and no tenant may write even its own.
  ...['prices', 'price_rates', 'bundled_releases', 'bundled_release_prices'].flatMap(table => [
    `alter table pricing.${table} enable row level security`,
    `create policy operators_write on pricing.${table} for insert with check ((select tollgate.sees_every_tenant()))`,
    grantToApplication(`pricing.${table}`, 'select, insert'),
  ]),
  `create policy shared_and_own on pricing.prices for select
     using (tenant_id is null or (select tollgate.sees_every_tenant()) or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  `create policy of_visible_prices on pricing.price_rates for select
     using ((select tollgate.sees_every_tenant()) or exists (select from pricing.prices where prices.id = price_rates.price_id))`,
  ...['bundled_releases', 'bundled_release_prices'].map(table => `create policy everyone on pricing.${table} for select using (true)`),
  grantToApplication('pricing.catalog_version', 'select'),

  // Prices as they are read, each with its rates. With the reader's own rights, so that its scope holds here too. Without
  // CTEs and with the rates as a subselect, so that PostgreSQL leaves those until a page is sorted and cut.
  `create view pricing.price_list with (security_invoker = true) as
     select prices.*,
            listed.position,
            prices.source <> 'bundled' or listed.position is not null as in_force,
            (select coalesce(jsonb_agg(jsonb_build_object('pool', pool, 'above', above, 'rate', usd_per_million_tokens::text) order by pool, step), '[]')
               from pricing.price_rates
              where price_rates.price_id = prices.id) as rates
       from pricing.prices
       left join pricing.bundled_release_prices as listed
              on listed.price_id = prices.id and listed.release = (select max(number) from pricing.bundled_releases)`,
  grantToApplication('pricing.price_list', 'select'),
])
