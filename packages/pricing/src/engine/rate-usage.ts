import { type Decimal, InvalidInput, Temporal } from '@tollgate/kernel'
import { type AmountInput, checkShape, inputShape, readAmount, requireTime, type TimeInput } from '@tollgate/kernel/input'
import { checkTokenCounts, checkTokenUsage, type ModelUsage, type TokenUsageInput, type UsageUnit } from '@tollgate/tokens'
import type { Price } from '../model/price.ts'
import { type PricedUsage, type RatedLine, type RatedUsage, reported, unpriced, type UnpricedUsage } from '../model/rated-usage.ts'
import { changesByTheHour } from '../model/names/market-prices.ts'
import { applyPriceTo } from './apply-price.ts'
import type { PriceCatalog, PriceLookup } from './catalog/price-catalog.ts'
import { whyNoPrice } from './why-no-price.ts'

/** A call to rate, and the catalogue to rate it with. */
export interface RateUsageInput {
  readonly catalog: PriceCatalog
  /** Null if a span does not name its provider; the call is then unpriced. */
  readonly provider: string | null
  /** Null if the response does not name its model; the call is then unpriced. */
  readonly model: string | null
  /** Null or omitted if the number of tokens is unknown, or the call used none. */
  readonly tokens?: TokenUsageInput | null | undefined
  /** What the provider bills besides tokens. Defaults to nothing. A call counts as one request, unless a unit "request" says otherwise. */
  readonly units?: readonly UsageUnit[] | null | undefined
  /** Time of the call. */
  readonly at: TimeInput
  readonly tenantId?: string | undefined
  /**
   * Service tier, by the provider's name or ours. Defaults to `standard`. A call of a tier that is unknown or has no price
   * is unpriced: the standard price would be twice that of a batch and half that of priority, and nobody would notice.
   */
  readonly serviceTier?: string | undefined
  /** Such as "fast". Defaults to the usual speed. As for the service tier, another speed needs a price of its own. */
  readonly speed?: string | undefined
  /** Region or geography in which the model ran. Defaults to any. */
  readonly region?: string | undefined
  /**
   * Further model calls of the same request, which the cost includes. Each is rated with the price of its own model, or of the
   * call's if it names none, and served as the call was unless it says otherwise.
   */
  readonly attempts?: readonly ModelUsage[] | undefined
  /**
   * USD, as the provider reported it. It is the cost if there is no price, and for providers whose prices change by the hour, such
   * as OpenRouter.
   */
  readonly reportedCost?: AmountInput | null | undefined
}

/**
 * Returns what a provider charges for a call in USD, unrounded, with the price in effect at the time of the call. The
 * lines sum to the cost. Reported, if only the provider knows it. Unpriced, never 0, if there is no price for how the call was served, no rate for a pool that has
 * tokens, or no price for units that were used. Throws `InvalidInput` for an invalid time, token count or quantity.
 */
export function rateUsage(call: RateUsageInput): RatedUsage {
  checkShape(CALL, call)
  requireTokens(call.tokens, checkTokenUsage)
  return rateCall(call)
}

const CALL = inputShape<RateUsageInput>({
  catalog: 'object',
  provider: 'text|null',
  model: 'text|null',
  tokens: 'object?',
  units: 'list?',
  at: 'time',
  tenantId: 'text?',
  serviceTier: 'text?',
  speed: 'text?',
  region: 'text?',
  attempts: 'list?',
  reportedCost: 'amount?',
})

/** Rates a call that the program made itself. */
export function rateCall(call: RateUsageInput): RatedUsage {
  const { provider, reportedCost } = call
  if (reportedCost === undefined || reportedCost === null) return rateByCatalog(call)
  const cost = readCost(reportedCost)
  if (provider !== null && changesByTheHour(provider)) return reported(cost)
  const rated = rateByCatalog(call)
  return rated.state === 'priced' ? rated : reported(cost)
}

function requireTokens(tokens: TokenUsageInput | null | undefined, check: typeof checkTokenUsage): void {
  if (!tokens) return
  const issues = check(tokens)
  if (issues.length > 0) throw new InvalidInput(issues)
}

function rateByCatalog(call: RateUsageInput): PricedUsage | UnpricedUsage {
  const { catalog, provider, model, tokens, at, attempts } = call
  // Events were checked when they were tracked, so only their counts are, because no cost may be wrong.
  requireTokens(tokens, checkTokenCounts)
  const instant = at instanceof Temporal.Instant ? at : requireTime('at', at)
  if (provider === null) return unpriced('no_model', 'the call names no provider, and prices are those of providers')
  if (model === null) return unpriced('no_model', `the call names no model, and ${provider} has prices for models only`)
  // A call that names a model is a lookup itself. Most calls give their time as an instant, so they need no copy.
  const lookup = instant === at ? (call as RateUsageInput & PriceLookup) : { ...call, provider, model, at: instant }
  const price = catalog.find(lookup)
  if (price === undefined) return whyNoPrice(catalog, lookup)
  if (attempts === undefined || attempts.length === 0) return applyPriceTo(price, call, true)
  return rateAttempts({ catalog, lookup, attempts }, applyPriceTo(price, callWithAttempts(call), true))
}

interface Attempts {
  readonly catalog: PriceCatalog
  readonly lookup: PriceLookup
  readonly attempts: readonly ModelUsage[]
}

/** Adds the cost of attempts to that of the call. Unpriced if any of them is. */
function rateAttempts({ catalog, lookup, attempts }: Attempts, call: PricedUsage | UnpricedUsage): PricedUsage | UnpricedUsage {
  if (call.state === 'unpriced') return call
  let { cost } = call
  const lines: RatedLine[] = [...call.lines]
  const attemptPrices: Price[] = []
  for (const [attempt, used] of attempts.entries()) {
    const { model, serviceTier, speed, region } = used
    const issues = checkTokenUsage(used.tokens)
    if (issues.length > 0) throw new InvalidInput(issues.map(({ path, message }) => ({ path: `attempts[${attempt}].${path}`, message })))
    const asServed = {
      ...lookup,
      model: model ?? lookup.model,
      serviceTier: serviceTier ?? lookup.serviceTier,
      speed: speed ?? lookup.speed,
      region: region ?? lookup.region,
    }
    const price = catalog.find(asServed)
    const rated = price ? applyPriceTo(price, used, false) : whyNoPrice(catalog, asServed)
    if (rated.state === 'unpriced') return { ...rated, message: `attempt ${attempt + 1}: ${rated.message}` }
    cost = cost.plus(rated.cost)
    lines.push(...rated.lines.map(line => ({ ...line, attempt })))
    attemptPrices.push(rated.price)
  }
  return { ...call, cost, lines, attemptPrices }
}

/** A call whose tokens are all in its attempts has no tokens itself. */
function callWithAttempts({ tokens, units }: RateUsageInput): Pick<RateUsageInput, 'tokens' | 'units'> {
  return { tokens: tokens ?? {}, units }
}

function readCost(cost: AmountInput): Decimal {
  const read = readAmount(cost)
  if (read === undefined || read.isNegative()) throw new InvalidInput([{ path: 'reportedCost', message: 'must be a decimal of 0 or more, such as "0.0135"' }])
  return read
}
