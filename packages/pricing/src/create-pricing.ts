import { type Clock, type IdSource, InvalidInput, type Scope } from '@tollgate/kernel'
import { bundledPrices } from './bundled/bundled-prices.ts'
import { checkPriceDraft } from './check-price-draft.ts'
import { draftRates } from './draft-rates.ts'
import { type EffectiveInterval, effectiveIntervals } from './effective-intervals.ts'
import { OperatorOnly } from './errors.ts'
import { withoutPrefixes } from './models/model-name-forms.ts'
import { canonicalProvider } from './models/provider-names.ts'
import { createPriceCatalog, type PriceCatalog } from './price-catalog.ts'
import type { Price } from './price.ts'
import type { PriceStore } from './price-store.ts'
import type { PriceDraft, Pricing } from './pricing.ts'
import { shareNext } from './share-next.ts'
import { toMicrosecond } from './to-microsecond.ts'

/** What pricing is made of. */
export interface PricingDependencies {
  readonly store: PriceStore
  readonly clock: Clock
  readonly ids: IdSource
}

const LARGEST_PAGE = 1000

/** Keeps prices in a store, and makes catalogues of them. */
export function createPricing({ store, clock, ids }: PricingDependencies): Pricing {
  const catalog = shareNext(latestCatalog(store))
  return {
    catalog,

    async publishPrice(scope, draft) {
      const price = toPrice(scope, draft, { clock, ids })
      await store.add(scope, [price])
      return price
    },

    async prices(scope, query) {
      if (!Number.isInteger(query.first) || query.first < 1 || query.first > LARGEST_PAGE) {
        throw new InvalidInput([{ path: 'first', message: `must be a whole number from 1 to ${LARGEST_PAGE}, not ${query.first}` }])
      }
      return store.list(scope, query.provider === undefined ? query : { ...query, provider: canonicalProvider(query.provider) })
    },

    pricesByIds: (scope, wanted) => store.byIds(scope, wanted),

    effectiveIntervals: async ({ id }) => intervalsIn(await catalog()).get(id) ?? [],

    importBundledPrices: () => store.importBundled(bundledPrices()),
  }
}

const intervalsOfCatalogs = new WeakMap<PriceCatalog, ReadonlyMap<string, readonly EffectiveInterval[]>>()

/** Worked out once for each catalogue: a page of prices asks for many. */
function intervalsIn(catalog: PriceCatalog): ReadonlyMap<string, readonly EffectiveInterval[]> {
  const intervals = intervalsOfCatalogs.get(catalog) ?? effectiveIntervals(catalog.prices)
  intervalsOfCatalogs.set(catalog, intervals)
  return intervals
}

/** Reads the store's version, and its prices only when that is another than the last time. */
function latestCatalog(store: PriceStore): () => Promise<PriceCatalog> {
  let latest: { version: string; catalog: PriceCatalog } | undefined
  return async () => {
    // The version is read first: a price published in between is in `all` already, and found once more by the next call.
    const version = await store.version()
    if (latest?.version !== version) latest = { version, catalog: createPriceCatalog(await store.all()) }
    return latest.catalog
  }
}

function toPrice(scope: Scope, draft: PriceDraft, { clock, ids }: Pick<PricingDependencies, 'clock' | 'ids'>): Price {
  if (scope.kind !== 'operator') throw new OperatorOnly()
  const issues = checkPriceDraft(draft)
  if (issues.length > 0) throw new InvalidInput(issues)
  const now = clock.now()
  const tenantId = draft.tenantId ?? null
  const provider = canonicalProvider(draft.provider)
  const model = withoutPrefixes([provider], draft.model)
  return {
    id: ids.uuidV7(now.epochMilliseconds),
    source: tenantId === null ? 'custom' : 'tenant',
    tenantId,
    provider,
    model,
    // Its dated versions are found by the names that a lookup tries; a variant such as "-mini" is another model.
    match: { equals: model },
    ...(draft.serviceTier && draft.serviceTier !== 'standard' && { serviceTier: draft.serviceTier }),
    from: toMicrosecond(draft.from),
    to: draft.to ? toMicrosecond(draft.to) : null,
    timeOfDay: null,
    perMillionTokens: draftRates(draft),
    perRequest: draft.perRequest ?? null,
    publishedAt: toMicrosecond(now),
  }
}
