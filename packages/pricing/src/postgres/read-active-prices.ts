import type { PostgresDatabase } from '@tollgate/postgres'
import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { Price } from '../model/price.ts'
import { STORED_PRICE_COLUMNS, type StoredPriceText, toPriceFromText } from './price-mapping.ts'

/** As in the view `pricing.price_list`. */
const RATES = `(
  select coalesce(jsonb_agg(jsonb_build_object('pool', pool, 'above', above, 'rate', usd_per_million_tokens::text) order by pool, step), '[]')
    from pricing.price_rates
   where price_rates.price_id = prices.id)`

const LAST_RELEASE = 'select max(number)::text as number from pricing.bundled_releases'

// From the release to its prices, each by its key. From the prices, PostgreSQL compares each with all of the release if it has no
// statistics yet, which takes half a second after a release was activated. Indexes: bundled_release_prices_pkey, prices_pkey.
const BUNDLED = `
  select ${STORED_PRICE_COLUMNS}
    from (select prices.*, listed.position, ${RATES} as rates
            from pricing.bundled_release_prices as listed
            join pricing.prices on prices.id = listed.price_id
           where listed.release = (select max(number) from pricing.bundled_releases) and prices.source = 'bundled') as price_list
   order by position`

// Index: prices_published.
const PUBLISHED = `
  select ${STORED_PRICE_COLUMNS}
    from pricing.price_list
   where source <> 'bundled'
   order by sequence`

/**
 * Returns a function that reads all active prices. Most are bundled and change only with a release, so they are read once
 * per release; reading after a publication then only costs as much as the published prices.
 */
export function readActivePrices(database: PostgresDatabase): () => Promise<readonly Price[]> {
  let release: { number: string | null; prices: readonly Price[] } | undefined

  return async () => {
    const [[last], published] = await Promise.all([
      database.query<{ number: string | null }>(OPERATOR_SCOPE, LAST_RELEASE),
      database.query<StoredPriceText>(OPERATOR_SCOPE, PUBLISHED),
    ])
    const number = last?.number ?? null
    // Read after the number, so that the prices cached under a number are of that release or a later one, never an earlier one.
    if (release?.number !== number) {
      const rows = await database.query<StoredPriceText>(OPERATOR_SCOPE, BUNDLED)
      release = { number, prices: rows.map(toPriceFromText) }
    }
    return [...release.prices, ...published.map(toPriceFromText)]
  }
}
