import { bundledPrices } from '../bundled/bundled-prices.ts'
import { createPriceCatalog, type PriceCatalog } from './price-catalog.ts'

let catalog: PriceCatalog | undefined

/** Returns a catalogue of the list prices bundled with this package. Every call returns the same catalogue. */
export function bundledCatalog(): PriceCatalog {
  catalog ??= createPriceCatalog(bundledPrices())
  return catalog
}
