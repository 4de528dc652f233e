import { columnDefinitions, columnNames, PRICE_COLUMNS, RATE_COLUMNS } from './price-columns.ts'

/** Parameter `$1` is a JSON array of prices as `toStored` returns them. */
const NEW_PRICES = `
  given as (
    select *
      from jsonb_to_recordset($1::jsonb) as price (position integer, ${columnDefinitions(PRICE_COLUMNS)}, rates jsonb)
  ),
  new_prices as (
    insert into pricing.prices (${columnNames(PRICE_COLUMNS)})
    select ${columnNames(PRICE_COLUMNS)}
      from given
     order by position -- The same order for every writer, so that concurrent writers wait for each other and cannot deadlock.
        on conflict (id) do nothing
    returning id
  ),
  new_rates as (
    insert into pricing.price_rates (price_id, ${columnNames(RATE_COLUMNS)})
    select given.id, ${columnNames(RATE_COLUMNS, 'rate')}
      from given
      join new_prices on new_prices.id = given.id
     cross join jsonb_to_recordset(given.rates) as rate (${columnDefinitions(RATE_COLUMNS)})
  )`

/** Inserts the prices whose ids are new, with their rates. */
export const insertPrices = `with ${NEW_PRICES} select count(*)::int as added from new_prices`

/** Inserts a release of list prices with digest `$2`, imported at `$3`, from version `$4` of a feed or null. The latest release is the active one. Does nothing if it exists. */
export const insertRelease = `
  with ${NEW_PRICES},
  release as (
    insert into pricing.bundled_releases (digest, imported_at, feed_version) values ($2, $3, $4)
        on conflict (digest) do nothing
    returning number
  ),
  release_prices as (
    insert into pricing.bundled_release_prices (release, price_id, position)
    select release.number, given.id, given.position from release cross join given
  )
  select count(*)::int as added from new_prices`
