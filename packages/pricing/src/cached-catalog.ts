import type { AliasStore } from './alias-store.ts'
import { catalogWithAliases } from './engine/catalog/catalog-with-aliases.ts'
import { createPriceCatalog, type PriceCatalog } from './engine/catalog/price-catalog.ts'
import type { ModelAlias } from './model/aliases/model-alias.ts'
import type { PriceStore } from './price-store.ts'

/** A catalogue, and the version of the price store that it was read at. */
export interface VersionedCatalog {
  readonly version: string
  /** The prices alone. */
  readonly priceList: PriceCatalog
  /** The prices, found under aliases too. */
  readonly catalog: PriceCatalog
}

/** The versions of the stores that a catalogue is made from. */
export interface CatalogVersions {
  readonly prices: string
  readonly aliases: string
}

/** What a cached catalogue is made from. */
export interface CatalogSources {
  readonly store: PriceStore
  /** Tenants' own names of models. Defaults to none. */
  readonly aliases?: Pick<AliasStore, 'version' | 'all'> | undefined
  /** Reads the versions of both stores at once. Defaults to one read of each. */
  readonly versions?: (() => Promise<CatalogVersions>) | undefined
}

/** Returns a function that reads the versions of the stores, and what they hold only if it has changed since the last call. */
export function cachedCatalog({ store, aliases, versions = () => eachVersion(store, aliases) }: CatalogSources): () => Promise<VersionedCatalog> {
  let prices: { readonly version: string; readonly catalog: PriceCatalog } | undefined
  let named: { readonly version: string; readonly aliases: readonly ModelAlias[] } | undefined
  let latest: VersionedCatalog | undefined
  return async () => {
    // Read the versions first: what is published in between is then read twice, and never missed.
    const current = await versions()
    if (latest !== undefined && prices?.version === current.prices && named?.version === current.aliases) return latest
    if (prices?.version !== current.prices) prices = { version: current.prices, catalog: createPriceCatalog(await store.all()) }
    if (named?.version !== current.aliases) named = { version: current.aliases, aliases: (await aliases?.all()) ?? [] }
    latest = { version: prices.version, priceList: prices.catalog, catalog: catalogWithAliases(prices.catalog, named.aliases) }
    return latest
  }
}

async function eachVersion(store: PriceStore, aliases: CatalogSources['aliases']): Promise<CatalogVersions> {
  const [prices, named] = await Promise.all([store.version(), aliases?.version() ?? '0'])
  return { prices, aliases: named }
}
