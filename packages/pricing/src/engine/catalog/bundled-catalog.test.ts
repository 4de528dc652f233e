import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../model/price.ts'
import { unitKey } from '../../model/unit-price.ts'
import { BUNDLED_PROVIDER_IDS } from '../bundled/bundled-providers.ts'
import { packagePrices } from '../bundled/bundled-prices.ts'
import { createPriceCatalog } from './price-catalog.ts'

/** The package's keys for our pools. Repeated here, so that a mistake in the implementation is noticed. */
const KEYS: ReadonlyMap<TokenPool, string> = new Map([
  ['input', 'input_mtok'],
  ['output', 'output_mtok'],
  ['cacheRead', 'cache_read_mtok'],
  ['cacheWrite5m', 'cache_write_mtok'],
  ['cacheWrite1h', 'cache_write_1h_mtok'],
  ['reasoning', 'output_reasoning_mtok'],
  ['audioInput', 'input_audio_mtok'],
  ['audioOutput', 'output_audio_mtok'],
  ['imageInput', 'input_image_mtok'],
  ['imageOutput', 'output_image_mtok'],
  ['cacheReadAudio', 'cache_audio_read_mtok'],
  ['cacheReadImage', 'cache_image_read_mtok'],
  ['videoInput', 'input_video_mtok'],
  ['videoOutput', 'output_video_mtok'],
])

/** The package's keys for our units, and how many units a price is for. */
const UNIT_KEYS: ReadonlyMap<string, readonly [key: string, per: number]> = new Map([
  ['web_search', ['web_searches_kcount', 1_000]],
  ['file_search', ['storage_searches_kcount', 1_000]],
  ['audio_second', ['audio_hours', 3_600]],
  ['page', ['input_document_kpages', 1_000]],
  ['page annotated', ['input_annotated_document_kpages', 1_000]],
  ['text_message', ['input_text_messages_kcount', 1_000]],
  ['citation_token', ['output_citation_mtok', 1_000_000]],
])

const catalog = createPriceCatalog(packagePrices())

describe.each(BUNDLED_PROVIDER_IDS)('%s', providerId => {
  const provider = findProvider({ providerId })
  const names = provider?.models.flatMap(({ id, match }) => [id, ...literals(match)]) ?? []

  it.each(['2024-06-01T01:15:00Z', '2026-02-10T07:00:00Z', '2026-11-20T12:00:00Z', '2027-06-01T23:59:59Z'])(
    'has the same rates as the package at %s, for every known name',
    at => {
      const known = names.flatMap(name => {
        const theirs = calcPrice({}, name, { providerId, timestamp: new Date(at) })
        return theirs === null ? [] : [{ name, theirs }]
      })
      const differing = known.filter(({ name, theirs }) => {
        const ours = catalog.find({ provider: providerId, model: name, at: Temporal.Instant.from(at) })
        return describeOurs(ours) !== describeTheirs(theirs.model.id, theirs.model_price)
      })
      expect(known.length).toBeGreaterThan(0)
      expect(differing.map(({ name, theirs }) => [name, theirs.model.id])).toEqual([])
    },
  )
})

function literals(match: object): readonly string[] {
  return Object.entries(match).flatMap(([kind, value]) => {
    if (Array.isArray(value)) return value.flatMap(literals)
    return kind === 'regex' ? [] : [String(value)]
  })
}

function describeOurs(price: Price | undefined): string {
  const rates = [...KEYS.keys()].map(pool => {
    const rate = price?.perMillionTokens[pool]
    return rate && [rate.base.toFixed(), rate.steps.map(step => [step.above, step.rate.toFixed()])]
  })
  const units = [...UNIT_KEYS.keys()].map(name => {
    const unit = price?.units?.find(other => unitKey(other) === name)
    return unit && [name, unit.per, unit.price.toFixed()]
  })
  return JSON.stringify([price?.model, rates, price?.perRequest?.times(1000).toFixed() ?? null, units])
}

function describeTheirs(model: string, price: ModelPrice): string {
  const listed: ModelPrice = Object.keys(price).length === 0 && model.endsWith(':free') ? { input_mtok: 0, output_mtok: 0 } : price
  const rates = [...KEYS.values()].map(key => {
    const rate = listed[key]
    if (rate === undefined) return undefined
    return typeof rate === 'number' ? [plain(rate), []] : [plain(rate.base), rate.tiers.map(tier => [tier.start, plain(tier.price)])]
  })
  const perThousand = price['requests_kcount']
  const units = [...UNIT_KEYS].map(([name, [key, per]]) => {
    const amount = price[key]
    return typeof amount === 'number' ? [name, per, plain(amount)] : undefined
  })
  return JSON.stringify([model, rates, typeof perThousand === 'number' ? plain(perThousand) : null, units])
}

const plain = (value: number) => new Decimal(value.toString()).toFixed()
