import { canonicalProvider, type PriceCatalog, type PriceLookup, SERVICE_TIERS } from '@tollgate/pricing'

/**
 * A model by the names that charge rules use: the provider by its usual name, the model as the catalogue calls it, so
 * that a rule for "gpt-5" holds for "gpt-5-2025-08-07". By the price of the call's service tier; where there is none, or
 * the tier is not known (as of sums), by that of any: a model has one name. One that no price is known for keeps its own.
 */
export function canonicalModel(catalog: PriceCatalog, lookup: PriceLookup): { readonly provider: string; readonly model: string } {
  return { provider: canonicalProvider(lookup.provider), model: findInAnyTier(catalog, lookup)?.model ?? lookup.model.toLowerCase() }
}

function findInAnyTier(catalog: PriceCatalog, lookup: PriceLookup) {
  const own = catalog.find(lookup)
  if (own !== undefined) return own
  for (const serviceTier of SERVICE_TIERS) {
    const price = catalog.find({ ...lookup, serviceTier })
    if (price !== undefined) return price
  }
  return undefined
}
