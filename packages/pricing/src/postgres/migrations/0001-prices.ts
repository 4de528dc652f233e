import { APPLICATION_ROLE, grantToApplication, sqlMigration } from '@tollgate/kernel/postgres'

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
  // A page of prices is in this order.
  `create index on pricing.prices (provider, model)`,

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

  // A release of bundled prices: which are in force, in the order that counts. The last one is.
  `create table pricing.bundled_releases (
     number bigint generated always as identity primary key,
     digest text not null unique,
     price_ids text[] not null,
     imported_at timestamptz not null default now()
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
  ...['prices', 'price_rates', 'bundled_releases'].flatMap(table => [
    `alter table pricing.${table} enable row level security`,
    `create policy operators_write on pricing.${table} for insert with check ((select tollgate.sees_every_tenant()))`,
    grantToApplication(`pricing.${table}`, 'select, insert'),
  ]),
  `create policy shared_and_own on pricing.prices for select
     using (tenant_id is null or (select tollgate.sees_every_tenant()) or tenant_id = any ((select tollgate.visible_tenants())::text[]))`,
  `create policy of_visible_prices on pricing.price_rates for select
     using ((select tollgate.sees_every_tenant()) or exists (select from pricing.prices where prices.id = price_rates.price_id))`,
  `create policy everyone on pricing.bundled_releases for select using (true)`,
  grantToApplication('pricing.catalog_version', 'select'),

  // Prices as they are read, each with its rates. With the reader's own rights, so that its scope holds here too.
  `create view pricing.price_list with (security_invoker = true) as
     with last_release as (select price_ids from pricing.bundled_releases order by number desc limit 1),
          in_force as (select price_id, position from last_release, unnest(price_ids) with ordinality as listed (price_id, position))
     select prices.*,
            in_force.position,
            prices.source <> 'bundled' or in_force.position is not null as in_force,
            rates.rates
       from pricing.prices
       left join in_force on in_force.price_id = prices.id
      cross join lateral (
        select coalesce(jsonb_agg(jsonb_build_object('pool', pool, 'above', above, 'rate', usd_per_million_tokens::text) order by pool, step), '[]') as rates
          from pricing.price_rates
         where price_rates.price_id = prices.id
      ) as rates`,
  grantToApplication('pricing.price_list', 'select'),
])
