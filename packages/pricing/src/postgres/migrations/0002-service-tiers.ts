import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Prices by service tier. What was published before is standard. */
export const serviceTiersMigration = sqlMigration('pricing/0002-service-tiers', [
  `alter table pricing.prices
     add column service_tier text not null default 'standard' check (service_tier in ('standard', 'batch', 'flex', 'priority'))`,

  // A view has the columns of its table as of when it was made. Otherwise as it was.
  `drop view pricing.price_list`,
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
