import { createPriceCatalog, type PriceCatalog } from './engine/catalog/price-catalog.ts'
import type { PriceStore } from './price-store.ts'

/** A catalogue, and the version of the store that it was made of. */
export interface VersionedCatalog {
  readonly version: string
  readonly catalog: PriceCatalog
}

/** Reads the store's version, and its prices only when that is another than the last time. */
export function cachedCatalog(store: PriceStore): () => Promise<VersionedCatalog> {
  let latest: VersionedCatalog | undefined
  return async () => {
    // The version is read first: a price published in between is in `all` already, and found once more by the next call.
    const version = await store.version()
    if (latest?.version !== version) latest = { version, catalog: createPriceCatalog(await store.all()) }
    return latest
  }
}
