import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { calcPrice, type ModelPrice } from '@pydantic/genai-prices'
import { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import { describe, expect, it } from 'vitest'
import type { Price } from '../price.ts'
import { bundledCatalog } from './bundled-catalog.ts'
import { BUNDLED_PRICES_RELEASED_AT, bundledPrices } from './bundled-prices.ts'
import { BUNDLED_PROVIDER_IDS, bundledProviders } from './providers.ts'

const packageEntry = fileURLToPath(import.meta.resolve('@pydantic/genai-prices'))

describe('providers', () => {
  it('are all that the package has', () => {
    // Its providers are the only objects of its data with an `api_pattern`; `id` and `name` go before it.
    const source = readFileSync(packageEntry, 'utf8')
    const providers = source.split(/(?=\n {2}\{\n {4}id: ")/).filter(part => part.includes('api_pattern: '))
    const ids = providers.map(part => /\n {4}id: "([^"]+)"/.exec(part)?.[1])
    expect(ids.length).toBeGreaterThan(40)
    expect(new Set(ids)).toEqual(new Set(BUNDLED_PROVIDER_IDS))
  })
  it.each(BUNDLED_PROVIDER_IDS)('%s has models', id => {
    expect(bundledProviders().find(provider => provider.id === id)?.models.length).toBeGreaterThan(0)
  })
})

describe('the release', () => {
  it('is the one that the dependency names', () => {
    const { dependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { dependencies: Record<string, string> }
    expect([dependencies['@pydantic/genai-prices'], BUNDLED_PRICES_RELEASED_AT.toString()]).toEqual(['0.1.8', '2026-09-23T10:11:04Z'])
  })
})

describe('ids', () => {
  it('are unique, short, and made of what may stand in a URL', () => {
    const ids = bundledPrices().map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.filter(id => id.length > 130 || /[\s\p{C}]/u.test(id))).toEqual([])
  })
  it('are the same in another process', () => {
    const program = `import { bundledPrices } from '@tollgate/pricing'; console.log(JSON.stringify(bundledPrices().map(p => p.id)))`
    const cwd = fileURLToPath(new URL('../..', import.meta.url))
    const printed = execFileSync(process.execPath, ['--conditions=source', '--input-type=module', '--eval', program], { cwd, encoding: 'utf8' })
    expect(JSON.parse(printed)).toEqual(bundledPrices().map(({ id }) => id))
  })
})

/** Where our pools are in the package's prices; written again here, so that a slip in one place shows. */
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
])

describe.each(BUNDLED_PROVIDER_IDS)('%s', providerId => {
  const provider = bundledProviders().find(({ id }) => id === providerId)
  const names = provider?.models.flatMap(({ id, match }) => [id, ...literals(match)]) ?? []

  it.each(['2024-06-01T01:15:00Z', '2026-02-10T07:00:00Z', '2026-11-20T12:00:00Z', '2027-06-01T23:59:59Z'])(
    'has the rates of the package at %s, for every name that it knows',
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
      expect(differing).toEqual([])
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
