import type { ModelInfo, Provider } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import { contentId } from '../../model/content-id.ts'
import type { Price } from '../../model/price.ts'
import { applyOverlay } from '../overlay/apply-overlay.ts'
import { OVERLAY_ENTRIES } from '../overlay/overlay-entries.ts'
import { bundledProviders } from './bundled-providers.ts'
import { bundledRates } from './bundled-rates.ts'
import { type DatedPrice, datedPrices } from './conditional-prices.ts'

/** Version of `@pydantic/genai-prices` that the prices come from. A test checks that it is the installed version. */
export const BUNDLED_PRICES_VERSION = '0.1.8'

/** Release date of that version. Change both together. */
export const BUNDLED_PRICES_RELEASED_AT = Temporal.Instant.from('2026-09-23T10:11:04Z')

let prices: readonly Price[] | undefined

/**
 * Returns the list prices bundled with this package, about 3,000: those of `@pydantic/genai-prices` and of our overlay. Order
 * matters: if several models match a name, the first one applies; if several prices of a model overlap in time, the last one applies.
 */
export function bundledPrices(): readonly Price[] {
  prices ??= applyOverlay(packagePrices(), OVERLAY_ENTRIES)
  return prices
}

/** Returns the list prices of `@pydantic/genai-prices`, without the overlay. */
export function packagePrices(): readonly Price[] {
  return bundledProviders().flatMap(provider => provider.models.flatMap(model => datedPrices(model.prices).map(dated => bundledPrice(provider, model, dated))))
}

function bundledPrice(provider: Provider, model: ModelInfo, { from, to, timeOfDay, rates }: DatedPrice): Price {
  const price = {
    source: 'bundled' as const,
    tenantId: null,
    provider: provider.id,
    model: model.id,
    match: model.match,
    from,
    to,
    timeOfDay,
    ...bundledRates(model.id, rates),
  }
  return { id: contentId('bundled', price), ...price, publishedAt: BUNDLED_PRICES_RELEASED_AT }
}
