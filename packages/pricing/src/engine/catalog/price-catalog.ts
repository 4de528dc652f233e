import type { Temporal } from '@tollgate/kernel'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { chargingProvider } from '../../model/names/charging-provider.ts'
import { listedNameForms, modelNameForms } from '../../model/names/model-name-forms.ts'
import type { ModelAlias } from '../../model/aliases/model-alias.ts'
import type { Price } from '../../model/price.ts'
import { priceInEffect } from '../../model/price-in-effect.ts'
import { regionOfModel } from '../../model/names/region-of-model.ts'
import { regionRank } from '../../model/region-prices.ts'
import { isResold } from '../../model/resold-price.ts'
import { canonicalRegion, canonicalSpeed } from '../../model/served-as.ts'
import { parseServiceTier, type ServiceTier, serviceTierOf } from '../../model/service-tier.ts'
import { listPriceProviders } from '../bundled/list-price-providers.ts'
import { createModelIndex, type ModelIndex } from './model-index.ts'
import { lastFirst, lastPublishedFirst } from './price-precedence.ts'

/** Which price to find. */
export interface PriceLookup {
  readonly provider: string
  /** Name of the model, as the provider or the client gives it. May have a version, be an alias, or start with a provider. */
  readonly model: string
  readonly at: Temporal.Instant
  readonly tenantId?: string | undefined
  /** By the provider's name or ours. Defaults to `standard`. Prices of other tiers never apply, and an unknown name finds nothing. */
  readonly serviceTier?: string | undefined
  /** Such as "fast". Defaults to the usual speed. Prices of other speeds never apply. */
  readonly speed?: string | undefined
  /** Where the model ran. Defaults to any region. Prices of other regions never apply. */
  readonly region?: string | undefined
}

/** An immutable set of prices. Lookups do no I/O. */
export interface PriceCatalog {
  /** All prices, in the order given. */
  readonly prices: readonly Price[]
  /** The aliases that it applies; see `catalogWithAliases`. */
  readonly aliases?: readonly ModelAlias[]
  /** Returns the price of a call. */
  find(lookup: PriceLookup): Price | undefined
  /** Returns all prices that may apply to a model, at any time and however it is served, highest precedence first. */
  candidates(lookup: Pick<PriceLookup, 'provider' | 'model' | 'tenantId'>): readonly Price[]
}

/** Maximum number of cached names, so that clients who invent model names cannot fill the memory. */
const MAX_CACHED_NAMES = 10_000

/** No model or provider has a longer name. */
const MAX_NAME = 512

/**
 * Creates a catalogue. Prices take precedence in this order:
 * 1. by source: the tenant's prices, then custom, then bundled ones;
 * 2. by name: the model's name as given, then its shorter forms;
 * 3. by region, for a call that names one: a price for the region, for a pattern that includes it, for all regions;
 * 4. by publication: the price published last; of prices published at the same time, one for a time of day, then the
 *    later one in the list. Bundled prices are one release, in the order of `bundledPrices`.
 *
 * List prices of another provider may apply (OpenAI's to models on Azure). Custom prices of another provider never do,
 * because what was negotiated with one provider is not what another charges.
 */
export function createPriceCatalog(prices: readonly Price[]): PriceCatalog {
  const sources = groupBySource(prices)
  const cache = new Map<string | null, NamesByProvider>()
  let cached = 0

  // By tenant, provider and model, because looking up three strings is faster than making one of them.
  function resolve(provider: string, model: string, tenantId: string | null): ResolvedModel {
    return cache.get(tenantId)?.get(provider)?.get(model) ?? resolveUncached(provider, model, tenantId)
  }

  function resolveUncached(provider: string, model: string, tenantId: string | null): ResolvedModel {
    const found = resolveModel(sources, { provider, model, tenantId })
    if (cached >= MAX_CACHED_NAMES) {
      cache.clear()
      cached = 0
    }
    getOrMake(getOrMake(cache, tenantId), provider).set(model, found)
    cached += 1
    return found
  }

  function resolveLookup({ provider, model, tenantId }: Pick<PriceLookup, 'provider' | 'model' | 'tenantId'>): ResolvedModel {
    if (model.length > MAX_NAME || provider.length > MAX_NAME) return NO_MODEL
    // Tenants without prices of their own share cache entries.
    return resolve(provider, model, tenantId !== undefined && sources.tenants.has(tenantId) ? tenantId : null)
  }

  return {
    prices,
    candidates: lookup => resolveLookup(lookup).candidates,
    find: lookup => findAsServed(resolveLookup(lookup), lookup),
  }
}

type NamesByProvider = Map<string, Map<string, ResolvedModel>>

/** What the name of a model means. */
interface ResolvedModel {
  /** Every price that may apply at some time, highest precedence first. */
  readonly candidates: readonly Price[]
  /** The candidates by service tier and speed, each list in the same order; see `servedKey`. */
  readonly served: ReadonlyMap<string, readonly Price[]>
  /** The region that the names tell; see `regionOfModel`. */
  readonly region: string | null | undefined
}

const NO_MODEL: ResolvedModel = { candidates: [], served: new Map(), region: undefined }
const NO_PRICES: readonly Price[] = []

function servedKey(tier: ServiceTier, speed: string | undefined): string {
  return speed === undefined ? tier : `${tier} ${speed}`
}

/** Returns the first price in effect for how a call was served. For a region, the closest one of the first source that has one. */
function findAsServed({ served, region: regionOfName }: ResolvedModel, { at, serviceTier, speed, region: regionOfCall }: PriceLookup): Price | undefined {
  const tier = serviceTier === undefined ? 'standard' : parseServiceTier(serviceTier)
  if (tier === undefined) return undefined
  const named = regionOfName === undefined ? regionOfCall : (regionOfName ?? undefined)
  const region = named === undefined ? undefined : canonicalRegion(named)
  let found: Price | undefined
  let foundRank = 0
  for (const price of served.get(servedKey(tier, speed === undefined ? undefined : canonicalSpeed(speed))) ?? NO_PRICES) {
    if (found !== undefined && (region === undefined || found.source !== price.source)) break
    const rank = regionRank(price, region)
    if (rank > foundRank && priceInEffect(price, at)) {
      found = price
      foundRank = rank
    }
  }
  return found
}

/** The prices of one model, highest precedence first. */
interface ModelPrices {
  readonly match: Price['match']
  readonly prices: readonly Price[]
}

/** Models with prices, by provider. */
type ModelsByProvider = ReadonlyMap<string, ModelIndex<ModelPrices>>

interface PricesBySource {
  readonly bundled: ModelsByProvider
  readonly custom: ModelsByProvider
  readonly tenants: ReadonlyMap<string, ModelsByProvider>
}

function groupBySource(prices: readonly Price[]): PricesBySource {
  const bySource = Map.groupBy(prices, ({ source }) => source)
  const byTenant = Map.groupBy(bySource.get('tenant') ?? [], ({ tenantId }) => tenantId ?? '')
  return {
    bundled: groupByProvider(bySource.get('bundled') ?? [], lastFirst),
    custom: groupByProvider(bySource.get('custom') ?? [], lastPublishedFirst),
    tenants: new Map([...byTenant].map(([tenantId, own]) => [tenantId, groupByProvider(own, lastPublishedFirst)])),
  }
}

function groupByProvider(prices: readonly Price[], byPrecedence: (prices: readonly Price[]) => readonly Price[]): ModelsByProvider {
  const byProvider = Map.groupBy(prices, ({ provider }) => canonicalProvider(provider))
  return new Map(
    [...byProvider].map(([provider, own]) => {
      const byModel = Map.groupBy(own, ({ model, match }) => JSON.stringify([model, match]))
      const models = [...byModel.values()].map(ofModel => ({ match: ofModel[0]?.match ?? { or: [] }, prices: byPrecedence(ofModel) }))
      return [provider, createModelIndex(models)]
    }),
  )
}

function resolveModel({ bundled, custom, tenants }: PricesBySource, lookup: { provider: string; model: string; tenantId: string | null }): ResolvedModel {
  const provider = chargingProvider(lookup)
  const providers = [...new Set([provider, ...listPriceProviders(provider)])]
  const names = modelNameForms(providers, lookup.model)
  const published = (models: ModelsByProvider | undefined) => names.flatMap(name => models?.get(provider)?.find(name)?.prices ?? [])
  const [own] = listPriceProviders(provider)
  const listed = (name: string) =>
    providers.flatMap(listing => {
      const prices = bundled.get(listing)?.find(name)?.prices ?? []
      return listing === provider || listing === own ? prices : prices.filter(isResold)
    })
  const lists = listedNameForms(providers, lookup.model).map(listed)
  const candidates = [
    ...published(lookup.tenantId === null ? undefined : tenants.get(lookup.tenantId)),
    ...published(custom),
    // Of the names, the first one that is listed at all.
    ...(lists.find(({ length }) => length > 0) ?? []),
  ]
  const served = Map.groupBy(candidates, price => servedKey(serviceTierOf(price), price.speed))
  return { candidates, served, region: regionOfModel({ provider, model: lookup.model, calledProvider: lookup.provider }) }
}

function getOrMake<Key, Name, Value>(maps: Map<Key, Map<Name, Value>>, key: Key): Map<Name, Value> {
  const known = maps.get(key)
  if (known) return known
  const made = new Map<Name, Value>()
  maps.set(key, made)
  return made
}
