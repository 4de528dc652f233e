import { createHash } from 'node:crypto'
import type { ModelInfo, Provider } from '@pydantic/genai-prices'
import { Temporal } from '@tollgate/kernel'
import type { Price } from '../../model/price.ts'
import { bundledProviders } from './bundled-providers.ts'
import { bundledRates } from './bundled-rates.ts'
import { type DatedPrice, datedPrices } from './conditional-prices.ts'

/** Version of `@pydantic/genai-prices` that the prices come from. A test checks that it is the installed version. */
export const BUNDLED_PRICES_VERSION = '0.1.8'

/** Release date of that version. Change both together. */
export const BUNDLED_PRICES_RELEASED_AT = Temporal.Instant.from('2026-09-23T10:11:04Z')

let prices: readonly Price[] | undefined

/**
 * Returns the list prices bundled with this package, about 1,700. Order matters: if several models match a name, the
 * first one applies; if several prices of a model overlap in time, the last one applies.
 */
export function bundledPrices(): readonly Price[] {
  prices ??= bundledProviders().flatMap(provider =>
    provider.models.flatMap(model => datedPrices(model.prices).map(dated => bundledPrice(provider, model, dated))),
  )
  return prices
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
  return { id: contentId(price), ...price, publishedAt: BUNDLED_PRICES_RELEASED_AT }
}

/**
 * Returns an id derived from the contents of a price: the same in every process, and different if anything about the
 * price differs, so that an import adds only what changed. Up to 130 characters.
 */
function contentId(price: Omit<Price, 'id' | 'publishedAt'>): string {
  const digest = createHash('sha256').update(JSON.stringify(price)).digest('hex').slice(0, 16)
  return `bundled:${price.provider}/${price.model.slice(0, 80)}:${digest}`
}
