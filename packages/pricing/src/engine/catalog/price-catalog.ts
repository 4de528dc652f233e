import type { Temporal } from '@tollgate/kernel'
import { createModelIndex, type ModelIndex } from './model-index.ts'
import { modelNameForms } from '../../model/model-name-forms.ts'
import { canonicalProvider } from '../../model/canonical-provider.ts'
import { chargingProvider } from '../../model/charging-provider.ts'
import type { Price } from '../../model/price.ts'
import { listPriceProviders } from '../bundled/list-price-providers.ts'
import { priceInEffect } from '../../model/price-in-effect.ts'
import { lastFirst, lastPublishedFirst } from './price-precedence.ts'
import { serviceTierOf } from '../../model/service-tier.ts'

/** What is asked of a catalogue: the price of a model at a time. */
export interface PriceLookup {
  readonly provider: string
  /** As the provider or the client names it: dated versions, aliases and provider prefixes are understood. */
  readonly model: string
  readonly at: Temporal.Instant
  readonly tenantId?: string | undefined
  /**
   * Standard where it is left out. What has no price for its tier is not found: another tier's price is another price.
   * A name that is none of `SERVICE_TIERS` finds nothing.
   */
  readonly serviceTier?: string | undefined
}

/** A set of prices that does not change; looking up does no I/O. */
export interface PriceCatalog {
  /** Everything in it, in the order in which it was given. */
  readonly prices: readonly Price[]
  find(lookup: PriceLookup): Price | undefined
}

/** Answers that a catalogue remembers at the most, so that clients who invent model names cannot fill the memory. */
const REMEMBERED_NAMES = 10_000

/** A name longer than this is nobody's model. */
const MAX_NAME = 512

/**
 * Makes a catalogue of prices. In it the tenant's own prices go before custom ones and those before bundled ones; in one
 * source a name as it was given goes before its shorter forms; for one name the last published goes first, then one for
 * a part of the day, then the later in the list. Bundled prices are one release, in the order of `bundledPrices`.
 *
 * List prices of other providers stand in (Azure's models at OpenAI's price), other providers' custom prices do not:
 * what was negotiated with one provider is not what another charges.
 */
export function createPriceCatalog(prices: readonly Price[]): PriceCatalog {
  const shelves = arrange(prices)
  const remembered = new Map<string, readonly Price[]>()

  function candidates(provider: string, model: string, tenantId: string | null): readonly Price[] {
    const key = `${tenantId ?? ''}\n${provider}\n${model}`
    const known = remembered.get(key)
    if (known) return known
    const found = collect(shelves, { provider, model, tenantId })
    if (remembered.size >= REMEMBERED_NAMES) forgetOldest(remembered)
    remembered.set(key, found)
    return found
  }

  return {
    prices,
    find({ provider, model, at, tenantId, serviceTier = 'standard' }) {
      if (model.length > MAX_NAME || provider.length > MAX_NAME) return undefined
      // Tenants without prices of their own share what is remembered.
      const owner = tenantId !== undefined && shelves.tenants.has(tenantId) ? tenantId : null
      return candidates(provider, model, owner).find(price => serviceTierOf(price) === serviceTier && priceInEffect(price, at))
    },
  }
}

/** The prices of one model, the one to prefer first. */
interface ModelPrices {
  readonly match: Price['match']
  readonly prices: readonly Price[]
}

/** Prices of one source, by provider. */
type Shelf = ReadonlyMap<string, ModelIndex<ModelPrices>>

interface Shelves {
  readonly bundled: Shelf
  readonly custom: Shelf
  readonly tenants: ReadonlyMap<string, Shelf>
}

function arrange(prices: readonly Price[]): Shelves {
  const bySource = Map.groupBy(prices, ({ source }) => source)
  const byTenant = Map.groupBy(bySource.get('tenant') ?? [], ({ tenantId }) => tenantId ?? '')
  return {
    bundled: shelve(bySource.get('bundled') ?? [], lastFirst),
    custom: shelve(bySource.get('custom') ?? [], lastPublishedFirst),
    tenants: new Map([...byTenant].map(([tenantId, own]) => [tenantId, shelve(own, lastPublishedFirst)])),
  }
}

function shelve(prices: readonly Price[], prefer: (prices: readonly Price[]) => readonly Price[]): Shelf {
  const byProvider = Map.groupBy(prices, ({ provider }) => canonicalProvider(provider))
  return new Map(
    [...byProvider].map(([provider, own]) => {
      const byModel = Map.groupBy(own, ({ model, match }) => JSON.stringify([model, match]))
      const models = [...byModel.values()].map(ofModel => ({ match: ofModel[0]?.match ?? { or: [] }, prices: prefer(ofModel) }))
      return [provider, createModelIndex(models)]
    }),
  )
}

/** Every price that a name may have at some time, in the order of preference. */
function collect({ bundled, custom, tenants }: Shelves, lookup: { provider: string; model: string; tenantId: string | null }): readonly Price[] {
  const provider = chargingProvider(lookup)
  const providers = [...new Set([provider, ...listPriceProviders(provider)])]
  const names = modelNameForms(providers, lookup.model)
  const own = (shelf: Shelf | undefined) => names.flatMap(name => shelf?.get(provider)?.find(name)?.prices ?? [])
  const listed = firstDefined(names, name => firstDefined(providers, listing => bundled.get(listing)?.find(name)))
  return [...own(lookup.tenantId === null ? undefined : tenants.get(lookup.tenantId)), ...own(custom), ...(listed?.prices ?? [])]
}

function firstDefined<Item, Found>(items: readonly Item[], find: (item: Item) => Found | undefined): Found | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}

function forgetOldest(remembered: Map<string, unknown>): void {
  const [oldest] = remembered.keys()
  if (oldest !== undefined) remembered.delete(oldest)
}
