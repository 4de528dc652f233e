import { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import { contentId } from '../../model/content-id.ts'
import type { ModelMatch } from '../../model/names/model-match.ts'
import type { PoolRates, Price, TokenRate } from '../../model/price.ts'
import { isResold } from '../../model/resold-price.ts'
import { unitKey } from '../../model/unit-price.ts'
import type { OverlayAdditions, OverlayEntry, OverlayMultiples, OverlayPrices, OverlayThresholds } from './overlay-entry.ts'
import { overlayInstant, overlayPrice, overlayUnits } from './overlay-price.ts'

/** Prices of one model, in the order of the list: the last one in effect applies. */
interface Model {
  readonly provider: string
  readonly id: string
  readonly match: ModelMatch
  prices: readonly Price[]
}

type Models = Map<string, Model>

/** Begins the id of a price that an overlay entry made or changed. */
export const OVERLAY_ID = 'overlay'

/**
 * Returns the prices of the bundled package with those of the overlay. Order matters, as for `bundledPrices`: new models come
 * before the package's models of their provider, so that their names are not taken for others, except those selected by a rule.
 * Entries apply by kind and then in their order: thresholds, prices, additions, multiples. Throws if one names an unknown model.
 */
export function applyOverlay(prices: readonly Price[], entries: readonly OverlayEntry[]): readonly Price[] {
  const models: Models = new Map()
  for (const [key, ofModel] of Map.groupBy(prices, price => modelKey(price.provider, price.model))) {
    const [{ provider, model: id, match }] = ofModel as [Price, ...Price[]]
    models.set(key, { provider, id, match, prices: ofModel })
  }
  const known = new Set(models.keys())
  for (const entry of entries) if ('threshold' in entry) for (const id of entry.models) moveThreshold(modelOf(models, entry.provider, id), entry)
  for (const entry of entries) if ('prices' in entry) addPrices(models, entry)
  for (const entry of entries) if ('add' in entry) for (const id of entry.models) addTo(modelOf(models, entry.provider, id), entry)
  for (const entry of entries) if ('times' in entry) for (const id of entry.models) addMultiples(models, id, entry)
  const comesFirst = ({ provider, id, match }: Model) => !known.has(modelKey(provider, id)) && ('equals' in match || 'or' in match)
  const byProvider = Map.groupBy(models.values(), ({ provider }) => provider)
  return [...byProvider.values()].flatMap(own => {
    const { first = [], last = [] } = Object.groupBy(own, model => (comesFirst(model) ? 'first' : 'last'))
    return [...first, ...last].flatMap(model => model.prices)
  })
}

function modelKey(provider: string, model: string): string {
  return `${provider} ${model}`
}

function modelOf(models: Models, provider: string, id: string): Model {
  const model = models.get(modelKey(provider, id))
  if (!model) throw new Error(`the price overlay names the model "${id}" of ${provider}, which has no prices`)
  return model
}

function addPrices(models: Models, entry: OverlayPrices): void {
  const { provider, model: id, names = [id] } = entry
  const match: ModelMatch = 'map' in names ? { or: names.map(equals => ({ equals: equals.toLowerCase() })) } : names
  const model = models.get(modelKey(provider, id)) ?? { provider, id, match, prices: [] }
  const added = entry.prices.map(listed => changed({ ...overlayPrice(listed), provider, model: id, match: model.match }, entry))
  models.set(modelKey(provider, id), { ...model, prices: [...model.prices, ...added] })
}

function moveThreshold(model: Model, entry: OverlayThresholds): void {
  const { listed, above } = entry.threshold
  model.prices = model.prices.map(price => {
    const rates = Object.entries(price.perMillionTokens)
    if (!rates.some(([, { steps }]) => steps.some(step => step.above === listed))) return price
    const moved = rates.map(([pool, { base, steps }]) => [pool, { base, steps: steps.map(step => (step.above === listed ? { ...step, above } : step)) }])
    return changed({ ...price, perMillionTokens: Object.fromEntries(moved) as PoolRates }, entry)
  })
}

/** Adds what each price of a model lacks. */
function addTo(model: Model, entry: OverlayAdditions): void {
  const { multiples = {}, rates = {}, units = [] } = entry.add
  model.prices = model.prices.map(price => {
    const listed = price.perMillionTokens
    const multiplied = (Object.entries(multiples) as [TokenPool, readonly [string, TokenPool]][]).flatMap(([pool, [times, of]]) => {
      const rate = listed[of]
      return listed[pool] === undefined && rate ? [[pool, multiply(rate, times)]] : []
    })
    const fixed = (Object.entries(rates) as [TokenPool, string][]).flatMap(([pool, rate]) =>
      listed[pool] === undefined ? [[pool, { base: new Decimal(rate), steps: [] }]] : [],
    )
    const known = new Set(price.units?.map(unitKey))
    const addedUnits = overlayUnits(units).filter(unit => !known.has(unitKey(unit)))
    if (multiplied.length + fixed.length + addedUnits.length === 0) return price
    const perMillionTokens = { ...listed, ...(Object.fromEntries([...multiplied, ...fixed]) as PoolRates) }
    return changed({ ...price, perMillionTokens, ...(addedUnits.length > 0 && { units: [...(price.units ?? []), ...addedUnits] }) }, entry)
  })
}

/** Adds a price for another way of serving for each price of the usual way. */
function addMultiples(models: Models, id: string, entry: OverlayMultiples): void {
  const { provider, of = provider, serviceTier, speed, region, times, except = {} } = entry
  const source = modelOf(models, of, id)
  const model = of === provider ? source : (models.get(modelKey(provider, id)) ?? { provider, id, match: source.match, prices: [] })
  const bases = (of === provider ? [] : source.prices.filter(isResold)).concat(model.prices)
  const isBase = (price: Price) => price.region === undefined && (region !== undefined || (price.serviceTier === undefined && price.speed === undefined))
  const served = { ...(serviceTier && { serviceTier }), ...(speed !== undefined && { speed }), ...(region !== undefined && { region }) }
  const [begins, ends] = [overlayInstant(entry.from), overlayInstant(entry.to)]
  const added = bases.filter(isBase).flatMap(price => {
    const [from, to] = [latest(price.from, begins), earliest(price.to, ends)]
    if (from && to && Temporal.Instant.compare(from, to) >= 0) return []
    const rates = Object.entries(price.perMillionTokens) as [TokenPool, TokenRate][]
    const perMillionTokens = Object.fromEntries(rates.map(([pool, rate]) => [pool, multiply(rate, except[pool] ?? times)])) as PoolRates
    return [changed({ ...price, provider, match: model.match, ...served, from, to, perMillionTokens }, entry)]
  })
  models.set(modelKey(provider, id), { ...model, prices: [...model.prices, ...added] })
}

/** Returns a price that an entry made or changed: with an id of its own, published on the day on which the source was read. */
function changed(price: Omit<Price, 'id' | 'publishedAt' | 'source' | 'tenantId'> & Partial<Price>, { checkedAt }: OverlayEntry): Price {
  const { id: _id, publishedAt: _publishedAt, ...content } = price
  const made = { ...content, source: 'bundled' as const, tenantId: null }
  return { id: contentId(OVERLAY_ID, made), ...made, publishedAt: Temporal.Instant.from(`${checkedAt}T00:00:00Z`) }
}

function multiply({ base, steps }: TokenRate, times: string): TokenRate {
  return { base: product(base, times), steps: steps.map(({ above, rate }) => ({ above, rate: product(rate, times) })) }
}

/**
 * Returns a product as a number read from text. If thousands of products themselves were kept, V8 would take products for long-lived
 * objects, and rating, which makes some for every event, would take half as long again.
 */
function product(rate: Decimal, times: string): Decimal {
  return new Decimal(rate.times(times).toFixed())
}

function latest(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  return a === null || (b !== null && Temporal.Instant.compare(a, b) < 0) ? b : a
}

function earliest(a: Temporal.Instant | null, b: Temporal.Instant | null): Temporal.Instant | null {
  return a === null || (b !== null && Temporal.Instant.compare(b, a) < 0) ? b : a
}
