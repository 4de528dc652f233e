import { Decimal, type Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { UnreadablePriceList } from '../../model/errors.ts'
import { ALL_ZERO, type ListedPrice, type PriceList, type SkippedEntry, type UnlistedRate } from '../../model/imports/price-list.ts'
import { parseServiceTier, SERVICE_TIERS, type ServiceTier } from '../../model/service-tier.ts'
import { multiply, readLiteLlmMultipliers } from './litellm-multipliers.ts'
import { readLiteLlmUnits } from './litellm-units.ts'
import { parseExactJson } from './parse-exact-json.ts'
import { allZero, draftRatesOf, emptyRateTable, overlay, perMillion, type RateTable, setRate, tokenCount } from './rate-table.ts'

/** LiteLLM's keys for rates in USD per token, and our pools. */
const POOLS: Readonly<Record<string, TokenPool>> = {
  input_cost_per_token: 'input',
  output_cost_per_token: 'output',
  cache_read_input_token_cost: 'cacheRead',
  cache_creation_input_token_cost: 'cacheWrite5m',
  cache_creation_input_token_cost_above_1hr: 'cacheWrite1h',
  output_cost_per_reasoning_token: 'reasoning',
  input_cost_per_audio_token: 'audioInput',
  output_cost_per_audio_token: 'audioOutput',
  input_cost_per_image_token: 'imageInput',
  output_cost_per_image_token: 'imageOutput',
  cache_read_input_audio_token_cost: 'cacheReadAudio',
  cache_read_input_image_token_cost: 'cacheReadImage',
  input_cost_per_video_token: 'videoInput',
  output_cost_per_video_token: 'videoOutput',
}

/** Rates and prices without a key. */
const UNLISTED: readonly UnlistedRate[] = ['cacheWrite30m', 'cacheWrite12h', 'cacheReadVideo', 'units']

/** Older keys for the same rates. Some entries have only the older key, others have both. */
const OLDER_KEYS: Readonly<Record<string, string>> = { input_cost_per_token_cache_hit: 'cache_read_input_token_cost' }

/** Matches "input_cost_per_token_above_200k_tokens_priority" and "…_flex_above_272k_tokens". */
const KEY = /^(?<rate>.+?)(?:_above_(?<thousands>\d{1,6})k_tokens)?(?:_(?<tier>priority|flex|batches))?(?:_above_(?<laterThousands>\d{1,6})k_tokens)?$/
/** Matches keys of charges in USD. Excludes keys with which Databricks entries repeat them in Databricks units. */
const CHARGES = /^(?!.*_dbu_).*(?:cost|pric|multiplier)/

/** Providers that LiteLLM splits by kind of model. */
const PROVIDERS: readonly (readonly [RegExp, string])[] = [
  [/^vertex_ai-/, 'google'],
  [/^text-completion-openai$/, 'openai'],
  [/^text-completion-codestral$|^codestral$/, 'mistral'],
  [/^azure_text$/, 'azure'],
  [/^cohere_chat$/, 'cohere'],
  [/^fireworks_ai-/, 'fireworks'],
]

/**
 * Reads LiteLLM's `model_prices_and_context_window.json` (BerriAI/litellm, MIT): an object by model, with rates in USD per
 * token whose keys have suffixes for context lengths and service tiers. As in LiteLLM, a tier without a rate of its own
 * uses the standard rate. Throws `UnreadablePriceList`.
 */
export function readLiteLlmPrices(data: string, from: Temporal.Instant): PriceList {
  const models = parseExactJson(data)
  if (!isRecord(models)) throw new UnreadablePriceList('it is not an object with models as keys, as LiteLLM publishes')
  const entries: ListedPrice[] = []
  const skipped: SkippedEntry[] = []
  for (const [name, entry] of Object.entries(models)) {
    if (name === 'sample_spec') continue
    const read = readModel(name, entry, from)
    if (typeof read === 'string') skipped.push({ name, reason: read })
    else entries.push(...read)
  }
  return { entries, skipped, unlisted: UNLISTED }
}

/** Returns the prices of a model by service tier, speed and region, or the reason why it has none. */
function readModel(name: string, entry: unknown, from: Temporal.Instant): readonly ListedPrice[] | string {
  const provider = isRecord(entry) ? entry['litellm_provider'] : undefined
  if (!isRecord(entry) || typeof provider !== 'string') return 'has no litellm_provider'
  const { units, keys } = readLiteLlmUnits(entry)
  const { tiers, perRequest, unsupportedCharges, unreadable } = readRates(entry, keys)
  const multipliers = readLiteLlmMultipliers(entry)
  if (multipliers === undefined) unsupportedCharges.push('provider_specific_entry')
  // A price without one of its rates would charge too little, and nobody would notice.
  if (unreadable.length > 0) return `not a number: ${unreadable.join(', ')}`
  const standard = tiers.get('standard') ?? emptyRateTable()
  if (standard.base.size === 0 && perRequest === undefined && units.length === 0) {
    return unsupportedCharges.length > 0 ? `not priced by token, request or unit, but by ${unsupportedCharges.join(', ')}` : 'has no price'
  }
  if (allZero(standard) && (perRequest === undefined || perRequest.isZero()) && units.every(({ price }) => price.isZero())) return ALL_ZERO
  return SERVICE_TIERS.flatMap(serviceTier => {
    const own = tiers.get(serviceTier)
    if (!own && serviceTier !== 'standard') return []
    const rates = own ? overlay(standard, own) : standard
    const listed = { provider: readProvider(provider), model: name, serviceTier, from, ...(perRequest && { perRequest }), ...(units.length > 0 && { units }) }
    const tier = serviceTier === 'standard' ? [] : [serviceTier]
    const served = [{ name: undefined, factor: undefined, served: {} }, ...(multipliers ?? [])]
    return served.map(({ name: modifier, factor, served: as }) => ({
      name: withModifiers(name, [...tier, ...(modifier === undefined ? [] : [modifier])]),
      draft: { ...listed, ...as, ...draftRatesOf(factor ? multiply(rates, factor) : rates) },
      unsupportedCharges,
    }))
  })
}

/** Returns a name such as "claude (batch, fast)". */
function withModifiers(name: string, modifiers: readonly string[]): string {
  return modifiers.length === 0 ? name : `${name} (${modifiers.join(', ')})`
}

interface Rates {
  readonly tiers: Map<ServiceTier, RateTable>
  perRequest?: Decimal
  readonly unsupportedCharges: string[]
  /** Keys of rates that are not numbers. */
  readonly unreadable: string[]
}

function readRates(entry: Readonly<Record<string, unknown>>, unitKeys: ReadonlySet<string>): Rates {
  const rates: Rates = { tiers: new Map(), unsupportedCharges: [], unreadable: [] }
  for (const [listedKey, value] of Object.entries(entry)) {
    const key = OLDER_KEYS[listedKey] ?? listedKey
    if (key !== listedKey && Object.hasOwn(entry, key)) continue
    const { rate = key, thousands, tier = 'standard', laterThousands } = KEY.exec(key)?.groups ?? {}
    const pool = Object.hasOwn(POOLS, rate) ? POOLS[rate] : undefined
    const serviceTier = parseServiceTier(tier)
    if (pool && serviceTier && value instanceof Decimal) {
      const above = thousands ?? laterThousands
      setRate(tableOf(rates.tiers, serviceTier), pool, { usd: perMillion(value), above: above === undefined ? undefined : Number(above) * 1_000 })
    } else if (pool && serviceTier && value !== null) {
      rates.unreadable.push(key)
    } else if (key === 'input_cost_per_request' && value instanceof Decimal) {
      rates.perRequest = value
    } else if (key === 'tiered_pricing' && Array.isArray(value)) {
      readRanges(value, tableOf(rates.tiers, 'standard'))
    } else if (!unitKeys.has(key) && CHARGES.test(key) && value !== null && !(value instanceof Decimal && value.isZero())) {
      rates.unsupportedCharges.push(key)
    }
  }
  return rates
}

/** Reads `[{ range: [0, 256000], input_cost_per_token: … }, …]`. Each range prices all tokens of events whose input is above its start. */
function readRanges(ranges: readonly unknown[], table: RateTable): void {
  for (const range of ranges) {
    if (!isRecord(range) || !Array.isArray(range['range'])) continue
    const start: unknown = range['range'][0]
    if (!(start instanceof Decimal)) continue
    for (const [key, value] of Object.entries(range)) {
      const pool = Object.hasOwn(POOLS, key) ? POOLS[key] : undefined
      if (pool && value instanceof Decimal) setRate(table, pool, { usd: perMillion(value), above: start.isZero() ? undefined : tokenCount(start) })
    }
  }
}

function tableOf(tiers: Map<ServiceTier, RateTable>, tier: ServiceTier): RateTable {
  const table = tiers.get(tier) ?? emptyRateTable()
  tiers.set(tier, table)
  return table
}

function readProvider(name: string): string {
  return canonicalProvider(PROVIDERS.find(([pattern]) => pattern.test(name))?.[1] ?? name)
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal)
}
