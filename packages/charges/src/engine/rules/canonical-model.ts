import { canonicalProvider, type Price, type PriceCatalog, priceInEffect, type PriceLookup } from '@tollgate/pricing'

/**
 * Returns the provider and model names of the price catalogue, which charge rules use: a rule for "gpt-5" applies to
 * "gpt-5-2025-08-07". A model has one name, however it is served. A model without a price keeps its name in lower case.
 */
export function canonicalModel(catalog: PriceCatalog, lookup: PriceLookup): { readonly provider: string; readonly model: string } {
  return { provider: canonicalProvider(lookup.provider), model: findAsServedInAnyWay(catalog, lookup)?.model ?? lookup.model.toLowerCase() }
}

/** Finds a price of the model as it was served or, because that does not change its name, as it is served otherwise. */
function findAsServedInAnyWay(catalog: PriceCatalog, lookup: PriceLookup): Price | undefined {
  return catalog.find(lookup) ?? catalog.candidates(lookup).find(price => priceInEffect(price, lookup.at))
}
