import { type UnpricedUsage, unpriced } from '../model/rated-usage.ts'
import { priceInEffect } from '../model/price-in-effect.ts'
import { parseServiceTier } from '../model/service-tier.ts'
import { canonicalRegion, canonicalSpeed } from '../model/served-as.ts'
import type { PriceCatalog, PriceLookup } from './catalog/price-catalog.ts'

/** Returns why a lookup finds no price. */
export function whyNoPrice(catalog: PriceCatalog, lookup: PriceLookup): UnpricedUsage {
  const { provider, model, at } = lookup
  const served = servedAs(lookup)
  const candidates = catalog.candidates(lookup)
  const message = `there is no ${served}price for the model "${model}" of ${provider} at ${at.toString()}`
  if (candidates.length === 0) return unpriced('unknown_model', message)
  return unpriced(candidates.some(price => priceInEffect(price, at)) ? 'no_price_as_served' : 'no_price_at_time', message)
}

/** Describes how a call was served, if that is not the standard: "batch ", "fast us ". */
function servedAs({ serviceTier = 'standard', speed = '', region = '' }: PriceLookup): string {
  const tier = parseServiceTier(serviceTier) ?? serviceTier
  return [tier === 'standard' ? undefined : tier, canonicalSpeed(speed), canonicalRegion(region)]
    .flatMap(part => (part === undefined ? [] : [`${part} `]))
    .join('')
}
