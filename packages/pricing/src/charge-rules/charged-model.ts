import { canonicalProvider } from '../models/provider-names.ts'
import type { PriceCatalog, PriceLookup } from '../price-catalog.ts'

/**
 * A model by the names that charge rules use: the provider by its usual name, the model as the catalogue calls it, so
 * that a rule for "gpt-5" holds for "gpt-5-2025-08-07". A model that no price is known for keeps its own name.
 */
export function chargedModel(catalog: PriceCatalog, lookup: PriceLookup): { readonly provider: string; readonly model: string } {
  return { provider: canonicalProvider(lookup.provider), model: catalog.find(lookup)?.model ?? lookup.model.toLowerCase() }
}
