import { calcPrice, findProvider, type ModelPrice } from '@pydantic/genai-prices'
import { Decimal, Temporal } from '@tollgate/kernel'
import type { FrequentTokenPool } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import type { Price } from '../../model/price.ts'
import { BUNDLED_PROVIDER_IDS } from '../bundled/bundled-providers.ts'
import { bundledCatalog } from './bundled-catalog.ts'

/** The package's keys for our pools. Repeated here, so that a mistake in the implementation is noticed. */
const KEYS: ReadonlyMap<FrequentTokenPool, string> = new Map([
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
])

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
        const ours = bundledCatalog().find({ provider: providerId, model: name, at: Temporal.Instant.from(at) })
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
  return JSON.stringify([price?.model, rates, price?.perRequest?.times(1000).toFixed() ?? null])
}

function describeTheirs(model: string, price: ModelPrice): string {
  const listed: ModelPrice = Object.keys(price).length === 0 && model.endsWith(':free') ? { input_mtok: 0, output_mtok: 0 } : price
  const rates = [...KEYS.values()].map(key => {
    const rate = listed[key]
    if (rate === undefined) return undefined
    return typeof rate === 'number' ? [plain(rate), []] : [plain(rate.base), rate.tiers.map(tier => [tier.start, plain(tier.price)])]
  })
  const perThousand = price['requests_kcount']
  return JSON.stringify([model, rates, typeof perThousand === 'number' ? plain(perThousand) : null])
}

const plain = (value: number) => new Decimal(value.toString()).toFixed()
