import { checkPageSize, singleFlight, Temporal, toMicrosecond } from '@tollgate/kernel'
import { checkShape, inputShape, optionalTime } from '@tollgate/kernel/input'
import { applyPriceImport } from './apply-price-import.ts'
import { cachedCatalog, type CatalogSources } from './cached-catalog.ts'
import { catalogStatus } from './catalog-status.ts'
import { bundledPrices } from './engine/bundled/bundled-prices.ts'
import { type EffectiveInterval, effectiveIntervals } from './engine/catalog/effective-intervals.ts'
import type { PriceCatalog } from './engine/catalog/price-catalog.ts'
import { planPriceImport } from './engine/imports/plan-price-import.ts'
import type { FeedStore } from './feed-store.ts'
import { canonicalProvider } from './model/names/canonical-provider.ts'
import { lastPublishedAt } from './model/last-published-at.ts'
import { requireOperator } from './model/require-operator.ts'
import type { PriceImportSource } from './model/imports/price-import.ts'
import type { PriceQueryInput, Pricing } from './pricing.ts'
import { type PublishDependencies, publishPrice } from './publish-price.ts'

/** What `createPricing` needs. */
export interface PricingDependencies extends PublishDependencies, CatalogSources {
  /** The feed of list prices. Its accepted list is kept when bundled prices are older. Defaults to none. */
  readonly feed?: Pick<FeedStore, 'read'> | undefined
}

const PAGE_SIZE = { default: 100, max: 1000 }

const OPTIONS = inputShape<PricingDependencies>({
  store: 'object',
  aliases: 'object?',
  versions: 'function?',
  feed: 'object?',
  clock: 'object',
  ids: 'object',
})
const QUERY = inputShape<PriceQueryInput>({ provider: 'text?', model: 'text?', at: 'time?', first: 'number?', after: 'text?' })
const APPLY = inputShape<{ readonly source: PriceImportSource; readonly planDigest: string }>({ source: 'object', planDigest: 'text' })

/**
 * Creates the pricing service: prices in a store, and the catalogue made from them. Throws `InvalidInput` for options that it does not
 * have, or that are missing.
 */
export function createPricing(options: PricingDependencies): Pricing {
  checkShape(OPTIONS, options)
  const { store, clock, ids } = options
  const aliases = options.aliases ?? undefined
  const versions = options.versions ?? undefined
  const feed = options.feed ?? undefined
  const current = singleFlight(cachedCatalog({ store, aliases, versions }))
  const catalog = async () => (await current()).catalog
  const priceList = async () => (await current()).priceList
  return {
    catalog,

    publishPrice: (scope, draft) => publishPrice({ store, clock, ids }, scope, draft),

    async prices(scope, query) {
      checkShape(QUERY, query)
      const { provider, model, after } = query
      const at = optionalTime('at', query.at)
      return store.list(scope, {
        first: checkPageSize(query.first, PAGE_SIZE),
        ...(typeof after === 'string' && { after }),
        ...(typeof provider === 'string' && { provider: canonicalProvider(provider) }),
        ...(typeof model === 'string' && { model }),
        ...(at && { at }),
      })
    },

    pricesByIds: (scope, wanted) => store.byIds(scope, wanted),

    effectiveIntervals: async ({ id }) => intervalsIn(await priceList()).get(id) ?? [],

    async planPriceImport(scope, source) {
      requireOperator(scope)
      return planPriceImport({ source, catalog: await priceList() })
    },

    async applyPriceImport(scope, request) {
      checkShape(APPLY, request)
      return applyPriceImport({ store, clock, ids, current }, scope, request)
    },

    async status() {
      const [release, { prices }] = await Promise.all([store.bundledRelease(), catalog()])
      return catalogStatus(prices, release)
    },

    async importBundledPrices() {
      const record = await feed?.read()
      const releasedAt = lastPublishedAt(bundledPrices())
      if (record?.accepted && releasedAt && Temporal.Instant.compare(record.accepted.date, releasedAt) >= 0) return 0
      return store.importBundled(bundledPrices(), toMicrosecond(clock.now()))
    },
  }
}

const intervalsOfCatalogs = new WeakMap<PriceCatalog, ReadonlyMap<string, readonly EffectiveInterval[]>>()

/** Computes the intervals once per catalogue: a page of prices asks for many. */
function intervalsIn(catalog: PriceCatalog): ReadonlyMap<string, readonly EffectiveInterval[]> {
  const intervals = intervalsOfCatalogs.get(catalog) ?? effectiveIntervals(catalog.prices)
  intervalsOfCatalogs.set(catalog, intervals)
  return intervals
}
