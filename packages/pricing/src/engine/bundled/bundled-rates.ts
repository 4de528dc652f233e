import type { ModelPrice } from '@pydantic/genai-prices'
import { Decimal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { PoolRates, Price, TokenRate } from '../../model/price.ts'
import { type UnitPrice, unitKey } from '../../model/unit-price.ts'

/**
 * The package's keys for our pools. Its `cache_write_mtok` applies to writes of any lifetime without a key of their own; see
 * `STAND_INS` for the lifetimes that it is a price of.
 */
const POOL_KEYS: Readonly<Record<string, TokenPool>> = {
  input_mtok: 'input',
  output_mtok: 'output',
  cache_read_mtok: 'cacheRead',
  cache_audio_read_mtok: 'cacheReadAudio',
  cache_image_read_mtok: 'cacheReadImage',
  cache_video_read_mtok: 'cacheReadVideo',
  cache_write_mtok: 'cacheWrite5m',
  cache_write_1h_mtok: 'cacheWrite1h',
  output_reasoning_mtok: 'reasoning',
  input_audio_mtok: 'audioInput',
  output_audio_mtok: 'audioOutput',
  input_image_mtok: 'imageInput',
  output_image_mtok: 'imageOutput',
  input_video_mtok: 'videoInput',
  output_video_mtok: 'videoOutput',
}

type Unit = Pick<UnitPrice, 'kind' | 'variant'> & { readonly per: number }

/** The package's keys for units. It lists some prices of audio by hour under two keys, with and without a direction. */
const UNIT_KEYS: Readonly<Record<string, Unit>> = {
  web_searches_kcount: { kind: 'web_search', per: 1_000 },
  storage_searches_kcount: { kind: 'file_search', per: 1_000 },
  social_searches_kcount: { kind: 'social_search', per: 1_000 },
  rerank_searches_kcount: { kind: 'rerank_search', per: 1_000 },
  code_executions_kcount: { kind: 'code_execution', per: 1_000 },
  input_document_kpages: { kind: 'page', per: 1_000 },
  input_annotated_document_kpages: { kind: 'page', variant: 'annotated', per: 1_000 },
  input_text_messages_kcount: { kind: 'text_message', per: 1_000 },
  output_citation_mtok: { kind: 'citation_token', per: 1_000_000 },
  input_mchars: { kind: 'character', per: 1_000_000 },
  audio_hours: { kind: 'audio_second', per: 3_600 },
  input_audio_hours: { kind: 'audio_second', per: 3_600 },
}

const REQUESTS_KEY = 'requests_kcount'

/** Keys of the package that become a rate or a price. A test fails if the package uses others. */
export const BUNDLED_KEYS: readonly string[] = [...Object.keys(POOL_KEYS), ...Object.keys(UNIT_KEYS), REQUESTS_KEY]

const FREE: PoolRates = { input: { base: new Decimal(0), steps: [] }, output: { base: new Decimal(0), steps: [] } }

/** Converts one of the package's prices to exact rates and unit prices. */
export function bundledRates(model: string, price: ModelPrice): Pick<Price, 'perMillionTokens' | 'perRequest' | 'units'> {
  const rates = Object.entries(POOL_KEYS).flatMap(([key, pool]) => {
    const rate = price[key]
    return rate === undefined ? [] : [[pool, tokenRate(rate)]]
  })
  const units = new Map(
    Object.entries(UNIT_KEYS).flatMap(([key, unit]) => {
      const amount = price[key]
      return typeof amount === 'number' ? [[unitKey(unit), { ...unit, price: exactly(amount) }] as const] : []
    }),
  )
  const perThousandRequests = price[REQUESTS_KEY]
  return {
    // OpenRouter's ":free" variants have no rates because they cost nothing. For other models, no rates means unknown rates.
    perMillionTokens: Object.keys(price).length === 0 && model.endsWith(':free') ? FREE : (Object.fromEntries(rates) as PoolRates),
    perRequest: typeof perThousandRequests === 'number' ? exactly(perThousandRequests).div(1000) : null,
    ...(units.size > 0 && { units: [...units.values()] }),
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
