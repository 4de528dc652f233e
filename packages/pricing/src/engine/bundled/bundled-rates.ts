import type { ModelPrice } from '@pydantic/genai-prices'
import { Decimal } from '@tollgate/kernel'
import type { FrequentTokenPool } from '@tollgate/tokens'
import type { PoolRates, TokenRate } from '../../model/price.ts'

/**
 * The package's keys for our pools. Its `cache_write_mtok` applies to writes of any lifetime, so it is the 5-minute rate,
 * which the 1-hour pool falls back to. Not listed: keys for tokens that our pools do not distinguish (cached audio,
 * video, citations), and for charges that are not by token (pages, hours, searches).
 */
const POOL_KEYS: Readonly<Record<FrequentTokenPool, string>> = {
  input: 'input_mtok',
  output: 'output_mtok',
  cacheRead: 'cache_read_mtok',
  cacheWrite5m: 'cache_write_mtok',
  cacheWrite1h: 'cache_write_1h_mtok',
  reasoning: 'output_reasoning_mtok',
  audioInput: 'input_audio_mtok',
  audioOutput: 'output_audio_mtok',
  imageInput: 'input_image_mtok',
  imageOutput: 'output_image_mtok',
}

const FREE: PoolRates = { input: { base: new Decimal(0), steps: [] }, output: { base: new Decimal(0), steps: [] } }

/** Converts one of the package's prices to exact rates. */
export function bundledRates(model: string, price: ModelPrice): { perMillionTokens: PoolRates; perRequest: Decimal | null } {
  const rates = Object.entries(POOL_KEYS).flatMap(([pool, key]) => {
    const rate = price[key]
    return rate === undefined ? [] : [[pool, tokenRate(rate)]]
  })
  const perThousandRequests = price['requests_kcount']
  return {
    // OpenRouter's ":free" variants have no rates because they cost nothing. For other models, no rates means unknown rates.
    perMillionTokens: rates.length === 0 && model.endsWith(':free') ? FREE : (Object.fromEntries(rates) as PoolRates),
    perRequest: typeof perThousandRequests === 'number' ? exactly(perThousandRequests).div(1000) : null,
  }
}

function tokenRate(rate: NonNullable<ModelPrice[string]>): TokenRate {
  if (typeof rate === 'number') return { base: exactly(rate), steps: [] }
  const steps = rate.tiers.map(({ start, price }) => ({ above: start, rate: exactly(price) }))
  return { base: exactly(rate.base), steps: steps.toSorted((a, b) => a.above - b.above) }
}

/** The package's numbers are literals in its source, so the shortest decimal of a number is what was written there. */
function exactly(literal: number): Decimal {
  return new Decimal(String(literal))
}
