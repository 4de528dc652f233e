import { grantToApplication, sqlMigration } from '@tollgate/postgres'

/** Prices of units that are not tokens, and conditions other than the service tier. What was published before has neither. */
export const unitPricesMigration = sqlMigration('pricing/0005-unit-prices', [
  // As JSON, because they are only read and written as a whole: unit prices as an array, amounts as text; conditions as an object.
  `alter table pricing.prices
     add column unit_prices jsonb check (jsonb_typeof(unit_prices) = 'array'),
     add column conditions jsonb check (jsonb_typeof(conditions) = 'object')`,

  // A view has the columns that its table had when it was created. Otherwise unchanged.
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
