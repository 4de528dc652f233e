import { OPERATOR_SCOPE } from '@tollgate/kernel'
import type { PostgresDatabase } from '@tollgate/postgres'
import type { CatalogVersions } from '../cached-catalog.ts'

/** The version of all aliases: both counts only grow, in the order of the commits. */
export const ALIASES_VERSION = `(select aliases from pricing.shared_alias_count) || '.' || (select coalesce(sum(aliases), 0) from pricing.alias_counts)`

const VERSIONS = `select (select version::text from pricing.catalog_version) as prices, ${ALIASES_VERSION} as aliases`

/** Creates a function that reads the versions of prices and aliases in one round trip, for `createPricing`. */
export function postgresCatalogVersions(database: PostgresDatabase): () => Promise<CatalogVersions> {
  return async () => {
    const [row] = await database.query<CatalogVersions>(OPERATOR_SCOPE, VERSIONS)
    return row ?? { prices: '0', aliases: '0.0' }
  }
}
