import { Decimal, type Temporal } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { UnreadablePriceList } from '../../model/errors.ts'
import { canonicalProvider } from '../../model/names/canonical-provider.ts'
import { parseServiceTier, type ServiceTier } from '../../model/service-tier.ts'
import { parseExactJson } from './parse-exact-json.ts'
import { ALL_ZERO, type ListedPrice, type PriceList, type SkippedEntry, type UnlistedRate } from '../../model/imports/price-list.ts'
import { allZero, draftRatesOf, emptyRateTable, type RateTable, setRate, tokenCount } from './rate-table.ts'

/** Keys of models.dev for rates in USD per million tokens, and our pools. */
const POOLS: Readonly<Record<string, TokenPool>> = {
  input: 'input',
  output: 'output',
  reasoning: 'reasoning',
  cache_read: 'cacheRead',
  cache_write: 'cacheWrite5m',
  input_audio: 'audioInput',
  output_audio: 'audioOutput',
}

/** Rates and prices without a key. Its only rate for cache writes is the 5-minute rate. */
const UNLISTED: readonly UnlistedRate[] = [...TOKEN_POOLS.filter(pool => !Object.values(POOLS).includes(pool)), 'request', 'units']

/** Providers of models.dev that are part of one of ours. */
const PROVIDERS: Readonly<Record<string, string>> = { 'google-vertex-anthropic': 'google', 'azure-cognitive-services': 'azure' }

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads models.dev's `api.json` (anomalyco/models.dev, MIT): an object by provider, with models and their `cost`, which may
 * have `tiers` by context length. A mode that is requested by a service tier or speed becomes a price of its own. Throws
 * `UnreadablePriceList`.
 */
export function readModelsDevPrices(data: string, from: Temporal.Instant): PriceList {
  const providers = parseExactJson(data)
  if (!isFields(providers)) throw new UnreadablePriceList('it is not an object with providers as keys, as models.dev publishes')
  const entries: ListedPrice[] = []
  const skipped: SkippedEntry[] = []
  for (const [provider, { models }] of Object.entries(providers).map(([id, value]) => [id, isFields(value) ? value : {}] as const)) {
    if (!isFields(models)) throw new UnreadablePriceList(`the provider "${provider}" has no models`)
    for (const [model, entry] of Object.entries(models)) {
      const name = `${provider}/${model}`
      const read = readModel({ name, provider: canonicalProvider(PROVIDERS[provider] ?? provider), model, from }, isFields(entry) ? entry : {})
      if (typeof read === 'string') skipped.push({ name, reason: read })
      else entries.push(...read)
    }
  }
  return { entries, skipped, unlisted: UNLISTED }
}

interface Listing {
  readonly name: string
  readonly provider: string
  readonly model: string
  readonly from: Temporal.Instant
}

/** Returns the prices of a model by service tier and speed, or the reason why it has none. */
function readModel({ name, provider, model, from }: Listing, entry: Fields): readonly ListedPrice[] | string {
  if (!isFields(entry['cost'])) return 'has no cost'
  const unsupportedCharges: string[] = []
  const standard = readCost(entry['cost'], unsupportedCharges)
  if (allZero(standard)) return ALL_ZERO
  const listed = (table: RateTable, { serviceTier, speed }: Omit<Mode, 'cost'>): ListedPrice => ({
    name: speed === undefined && serviceTier === 'standard' ? name : `${name} (${speed ?? serviceTier})`,
    draft: { provider, model, serviceTier, ...(speed !== undefined && { speed }), from, ...draftRatesOf(table) },
    unsupportedCharges,
  })
  const modes = readModes(entry, unsupportedCharges).map(({ cost, ...served }) => listed(readCost(cost, unsupportedCharges), served))
  return [listed(standard, { serviceTier: 'standard' }), ...modes]
}

function readCost(cost: Fields, unsupportedCharges: string[]): RateTable {
  const table = emptyRateTable()
  setRates(table, cost)
  const tiers = Array.isArray(cost['tiers']) ? cost['tiers'] : []
  for (const tier of tiers) {
    const { type, size } = isFields(tier) && isFields(tier['tier']) ? tier['tier'] : {}
    if (isFields(tier) && (type === 'context' || type === undefined) && size instanceof Decimal) setRates(table, tier, tokenCount(size))
    else unsupportedCharges.push('cost.tiers')
  }
  // The older field for a single context length.
  if (tiers.length === 0 && isFields(cost['context_over_200k'])) setRates(table, cost['context_over_200k'], 200_000)
  return table
}

function setRates(table: RateTable, cost: Fields, above?: number): void {
  for (const [key, pool] of Object.entries(POOLS)) {
    const usd = cost[key]
    if (usd instanceof Decimal) setRate(table, pool, { usd, above })
  }
}

interface Mode {
  readonly cost: Fields
  readonly serviceTier: ServiceTier
  readonly speed?: string
}

/**
 * Reads `experimental.modes.fast = { cost, provider: { body: { service_tier: "priority" } } }`, or with `speed: "fast"`. Modes that
 * are requested in other ways are unsupported.
 */
function readModes({ experimental }: Fields, unsupportedCharges: string[]): readonly Mode[] {
  const modes = isFields(experimental) && isFields(experimental['modes']) ? experimental['modes'] : {}
  return Object.entries(modes).flatMap(([name, mode]): Mode[] => {
    if (!isFields(mode) || !isFields(mode['cost'])) return []
    const body = isFields(mode['provider']) ? mode['provider']['body'] : undefined
    const named = isFields(body) ? body['service_tier'] : undefined
    const serviceTier = typeof named === 'string' ? parseServiceTier(named) : undefined
    if (serviceTier !== undefined && serviceTier !== 'standard') return [{ cost: mode['cost'], serviceTier }]
    const speed = isFields(body) ? body['speed'] : undefined
    if (typeof speed === 'string') return [{ cost: mode['cost'], serviceTier: 'standard', speed }]
    unsupportedCharges.push(`experimental.modes.${name}`)
    return []
  })
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Decimal)
}
