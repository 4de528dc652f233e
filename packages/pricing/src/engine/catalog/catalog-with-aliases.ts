import { Temporal } from '@tollgate/kernel'
import { chargingProvider } from '../../model/names/charging-provider.ts'
import { aliasKey } from '../../model/aliases/check-model-alias.ts'
import type { ModelAlias } from '../../model/aliases/model-alias.ts'
import { regionOfModel } from '../../model/names/region-of-model.ts'
import type { PriceCatalog, PriceLookup } from './price-catalog.ts'

type AliasLookup = Pick<PriceLookup, 'provider' | 'model' | 'tenantId'>

/** Maximum number of cached names, so that clients who invent names cannot fill the memory. */
const MAX_CACHED_NAMES = 10_000
const NONE: readonly ModelAlias[] = []

/**
 * Returns a catalogue that finds the price of an alias's target for calls of the alias. An alias of the tenant takes precedence over
 * one for all tenants, one with the name as called over one without its path, then the one published last. It says which model runs, so it also takes precedence over prices of its own name.
 */
export function catalogWithAliases(catalog: PriceCatalog, aliases: readonly ModelAlias[]): PriceCatalog {
  if (aliases.length === 0) return catalog
  const byName = Map.groupBy(aliases.toReversed(), ({ provider, name }) => aliasKey(provider, name))
  const tenants = new Set(aliases.map(({ tenantId }) => tenantId))
  const cache = new Map<string, readonly ModelAlias[]>()

  /** Aliases of a name, of all tenants. */
  function named({ provider, model }: AliasLookup): readonly ModelAlias[] {
    const key = `${provider}\n${model}`
    const cached = cache.get(key)
    if (cached) return cached
    const found = byName.get(aliasKey(provider, model))?.toSorted(byPrecedence(model)) ?? NONE
    if (cache.size >= MAX_CACHED_NAMES) cache.clear()
    cache.set(key, found)
    return found
  }

  function aliasesOf(lookup: AliasLookup): readonly ModelAlias[] {
    const { tenantId } = lookup
    // Most tenants have no aliases, and their calls should not pay for those of others.
    if (!tenants.has(null) && (tenantId === undefined || !tenants.has(tenantId))) return NONE
    const found = named(lookup)
    return found.length === 0 ? NONE : found.filter(alias => alias.tenantId === null || alias.tenantId === tenantId)
  }

  return {
    prices: catalog.prices,
    aliases: [...(catalog.aliases ?? []), ...aliases],
    find(lookup) {
      const alias = aliasesOf(lookup).find(({ from, to }) => isWithin(lookup.at, from, to))
      if (!alias?.target) return catalog.find(lookup)
      const region = lookup.region ?? regionOfModel({ provider: chargingProvider(lookup), model: lookup.model, calledProvider: lookup.provider }) ?? undefined
      return catalog.find({ ...lookup, ...alias.target, region })
    },
    candidates(lookup) {
      const targets = aliasesOf(lookup).flatMap(({ target }) => (target ? catalog.candidates({ ...lookup, ...target }) : []))
      return targets.length === 0 ? catalog.candidates(lookup) : [...new Set([...targets, ...catalog.candidates(lookup)])]
    },
  }
}

/** Compares aliases of a name that only differ in prefixes and paths: a profile of another account can have the same id. */
function byPrecedence(called: string): (a: ModelAlias, b: ModelAlias) => number {
  const exact = called.trim().toLowerCase()
  const isOther = ({ name }: ModelAlias) => Number(name.trim().toLowerCase() !== exact)
  return (a, b) =>
    Number(a.tenantId === null) - Number(b.tenantId === null) || isOther(a) - isOther(b) || Temporal.Instant.compare(b.publishedAt, a.publishedAt)
}

function isWithin(at: Temporal.Instant, from: Temporal.Instant | null, to: Temporal.Instant | null): boolean {
  return (from === null || Temporal.Instant.compare(from, at) <= 0) && (to === null || Temporal.Instant.compare(at, to) < 0)
}
