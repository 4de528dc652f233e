import { Temporal } from '@tollgate/kernel'
import { chargingProvider } from '../../model/charging-provider.ts'
import type { ModelAlias } from '../../model/model-alias.ts'
import { withoutPrefixes } from '../../model/model-name-forms.ts'
import { regionOfModel } from '../../model/region-of-model.ts'
import type { PriceCatalog, PriceLookup } from './price-catalog.ts'

type AliasLookup = Pick<PriceLookup, 'provider' | 'model' | 'tenantId'>

/**
 * Returns a catalogue that finds the price of an alias's target for calls of the alias. An alias of the tenant takes precedence over
 * one for all tenants, then the one published last. It says which model runs, so it also takes precedence over prices of its own name.
 */
export function catalogWithAliases(catalog: PriceCatalog, aliases: readonly ModelAlias[]): PriceCatalog {
  const byName = Map.groupBy(aliases.toReversed().toSorted(byPrecedence), ({ provider, name }) => nameKey(chargingProvider({ provider, model: name }), name))

  function aliasesOf({ provider, model, tenantId }: AliasLookup): readonly ModelAlias[] {
    const charging = chargingProvider({ provider, model })
    const named = byName.get(nameKey(charging, model)) ?? byName.get(nameKey(charging, withoutPrefixes([charging], model)))
    return named?.filter(alias => alias.tenantId === null || alias.tenantId === tenantId) ?? []
  }

  return {
    prices: catalog.prices,
    find(lookup) {
      const alias = aliasesOf(lookup).find(({ from, to }) => isWithin(lookup.at, from, to))
      if (alias === undefined) return catalog.find(lookup)
      const region = lookup.region ?? regionOfModel({ provider: chargingProvider(lookup), model: lookup.model }) ?? undefined
      return catalog.find({ ...lookup, ...alias.target, region })
    },
    candidates(lookup) {
      const targets = aliasesOf(lookup).flatMap(({ target }) => catalog.candidates({ ...lookup, ...target }))
      return [...new Set([...targets, ...catalog.candidates(lookup)])]
    },
  }
}

function nameKey(provider: string, name: string): string {
  return `${provider}\n${name.trim().toLowerCase()}`
}

function byPrecedence(a: ModelAlias, b: ModelAlias): number {
  return Number(a.tenantId === null) - Number(b.tenantId === null) || Temporal.Instant.compare(b.publishedAt, a.publishedAt)
}

function isWithin(at: Temporal.Instant, from: Temporal.Instant | null, to: Temporal.Instant | null): boolean {
  return (from === null || Temporal.Instant.compare(from, at) <= 0) && (to === null || Temporal.Instant.compare(at, to) < 0)
}
