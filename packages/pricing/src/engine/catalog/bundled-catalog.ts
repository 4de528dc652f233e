import { createPriceCatalog, type PriceCatalog } from './price-catalog.ts'
import { bundledPrices } from '../bundled/bundled-prices.ts'

let catalog: PriceCatalog | undefined

/** The list prices that come with this package, ready to look up: no store, no server. The same catalogue at every call. */
export function bundledCatalog(): PriceCatalog {
  catalog ??= createPriceCatalog(bundledPrices())
  return catalog
}
