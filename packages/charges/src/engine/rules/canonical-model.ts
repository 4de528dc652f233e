import { canonicalProvider, type PriceCatalog, type PriceLookup, SERVICE_TIERS } from '@tollgate/pricing'

/**
 * Returns the provider and model names of the price catalogue, which charge rules use: a rule for "gpt-5" applies to
 * "gpt-5-2025-08-07". It looks up the price of the service tier, then of any tier, because a model has one name in all
 * tiers. A model without a price keeps its name in lower case.
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
