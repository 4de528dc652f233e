/** Its parameter `$1` is a JSON array of what `toStored` makes. */
const NEW_PRICES = `
  given as (
    select *
      from jsonb_to_recordset($1::jsonb) as price (
        position integer, id text, source text, tenant_id text, provider text, model text, match jsonb,
        effective_from timestamptz, effective_to timestamptz, day_from time, day_to time, service_tier text,
        usd_per_request numeric, published_at timestamptz, rates jsonb
      )
  ),
  new_prices as (
    insert into pricing.prices (id, source, tenant_id, provider, model, match, effective_from, effective_to,
                                day_from, day_to, service_tier, usd_per_request, published_at)
    select id, source, tenant_id, provider, model, match, effective_from, effective_to,
           day_from, day_to, service_tier, usd_per_request, published_at
      from given
     order by position -- the same for every writer: two that write at once wait for each other, and cannot deadlock
        on conflict (id) do nothing
    returning id
  ),
  new_rates as (
    insert into pricing.price_rates (price_id, pool, step, above, usd_per_million_tokens)
    select given.id, rate.pool, rate.step, rate.above, rate.usd_per_million_tokens
      from given
      join new_prices on new_prices.id = given.id
     cross join jsonb_to_recordset(given.rates) as rate (pool text, step smallint, above bigint, usd_per_million_tokens numeric)
  )`

/** Adds the prices whose ids are not there yet, with their rates. */
export const insertPrices = `with ${NEW_PRICES} select count(*)::int as added from new_prices`

/** The same for a release of bundled prices, whose digest is `$2`, imported at `$3`, and puts it in force. Does nothing when the release is there. */
export const insertRelease = `
  with ${NEW_PRICES},
  release as (
    insert into pricing.bundled_releases (digest, imported_at) values ($2, $3)
        on conflict (digest) do nothing
    returning number
  ),
  release_prices as (
    insert into pricing.bundled_release_prices (release, price_id, position)
    select release.number, given.id, given.position from release cross join given
  )
  select count(*)::int as added from new_prices`
