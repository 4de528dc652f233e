import { createHash } from 'node:crypto'
import { Temporal } from '@tollgate/kernel'
import type { ModelInfo, Provider } from '@pydantic/genai-prices'
import type { Price } from '../../model/price.ts'
import { bundledRates } from './bundled-rates.ts'
import { type DatedPrice, datedPrices } from './conditional-prices.ts'
import { bundledProviders } from './bundled-providers.ts'

/** The version of `@pydantic/genai-prices` that the prices are from. A test holds it to the package that is installed. */
export const BUNDLED_PRICES_VERSION = '0.1.8'

/** When that version was released. Moves with it. */
export const BUNDLED_PRICES_RELEASED_AT = Temporal.Instant.from('2026-09-23T10:11:04Z')

let prices: readonly Price[] | undefined

/**
 * The providers' list prices that come with this package, in order: where two match a model's name the first model
 * counts, and where two of one model overlap in time, the last. Made once; about 1,700.
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
 * An id that is the same wherever and whenever the same price is made, and another when anything about it changes, so
 * that an import adds what changed and nothing else. Up to 130 characters.
 */
function contentId(price: Omit<Price, 'id' | 'publishedAt'>): string {
  const digest = createHash('sha256').update(JSON.stringify(price)).digest('hex').slice(0, 16)
  return `bundled:${price.provider}/${price.model.slice(0, 80)}:${digest}`
}
