import { createPriceCatalog, type PriceCatalog } from './engine/catalog/price-catalog.ts'
import type { PriceStore } from './price-store.ts'

/** A catalogue, and the version of the store that it was read at. */
export interface VersionedCatalog {
  readonly version: string
  readonly catalog: PriceCatalog
}

/** Returns a function that reads the store's version, and its prices only if the version has changed since the last call. */
export function cachedCatalog(store: PriceStore): () => Promise<VersionedCatalog> {
  let latest: VersionedCatalog | undefined
  return async () => {
    // Read the version first: a price published in between is then read twice, and never missed.
    const version = await store.version()
    if (latest?.version !== version) latest = { version, catalog: createPriceCatalog(await store.all()) }
    return latest
  }
}
