import { type Clock, type IdSource, InvalidInput, type Scope, shareNext, toMicrosecond } from '@tollgate/kernel'
import { bundledPrices } from './bundled/bundled-prices.ts'
import { catalogStatus } from './catalog/catalog-status.ts'
import { checkPriceDraft } from './catalog/check-price-draft.ts'
import { type EffectiveInterval, effectiveIntervals } from './catalog/effective-intervals.ts'
import { OperatorOnly } from './errors.ts'
import { canonicalProvider } from './models/provider-names.ts'
import { applyPriceImport } from './imports/apply-price-import.ts'
import { planPriceImport } from './imports/plan-price-import.ts'
import { latestCatalog } from './catalog/latest-catalog.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'
import type { Price } from './price.ts'
import { priceOfDraft } from './catalog/price-of-draft.ts'
import type { PriceStore } from './price-store.ts'
import type { PriceDraft } from './catalog/price-draft.ts'
import type { Pricing } from './pricing.ts'

/** What pricing is made of. */
export interface PricingDependencies {
  readonly store: PriceStore
  readonly clock: Clock
  readonly ids: IdSource
}

const MAX_PAGE = 1000

/** Keeps prices in a store, and makes catalogues of them. */
export function createPricing({ store, clock, ids }: PricingDependencies): Pricing {
  const current = shareNext(latestCatalog(store))
  const catalog = async () => (await current()).catalog
  return {
    catalog,

    async publishPrice(scope, draft) {
      const price = toPrice(scope, draft, { clock, ids })
      await store.add(scope, [price])
      return price
    },

    async prices(scope, query) {
      if (!Number.isInteger(query.first) || query.first < 1 || query.first > MAX_PAGE) {
        throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${MAX_PAGE}, not ${query.first}` }])
      }
      return store.list(scope, query.provider === undefined ? query : { ...query, provider: canonicalProvider(query.provider) })
    },

    pricesByIds: (scope, wanted) => store.byIds(scope, wanted),

    effectiveIntervals: async ({ id }) => intervalsIn(await catalog()).get(id) ?? [],

    async planPriceImport(scope, source) {
      if (scope.kind !== 'operator') throw new OperatorOnly()
      return planPriceImport({ source, catalog: await catalog() })
    },

    applyPriceImport: (scope, request) => applyPriceImport({ store, clock, ids, current }, scope, request),

    async status() {
      const [release, { prices }] = await Promise.all([store.bundledRelease(), catalog()])
      return catalogStatus(prices, release)
    },

    importBundledPrices: () => store.importBundled(bundledPrices(), toMicrosecond(clock.now())),
  }
}

const intervalsOfCatalogs = new WeakMap<PriceCatalog, ReadonlyMap<string, readonly EffectiveInterval[]>>()

/** Worked out once for each catalogue: a page of prices asks for many. */
function intervalsIn(catalog: PriceCatalog): ReadonlyMap<string, readonly EffectiveInterval[]> {
  const intervals = intervalsOfCatalogs.get(catalog) ?? effectiveIntervals(catalog.prices)
  intervalsOfCatalogs.set(catalog, intervals)
  return intervals
}

function toPrice(scope: Scope, draft: PriceDraft, { clock, ids }: Pick<PricingDependencies, 'clock' | 'ids'>): Price {
  if (scope.kind !== 'operator') throw new OperatorOnly()
  const issues = checkPriceDraft(draft)
  if (issues.length > 0) throw new InvalidInput(issues)
  const now = clock.now()
  return priceOfDraft(draft, { id: ids.uuidV7(now.epochMilliseconds), publishedAt: now })
}
