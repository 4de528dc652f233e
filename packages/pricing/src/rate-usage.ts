import { type Decimal, InvalidInput, parseInstant, type Temporal, ZERO } from '@tollgate/kernel'
import { checkTokenUsage, TOKEN_POOLS, type TokenPool, type TokenUsageInput } from '@tollgate/tokens'
import { type PerTokenRate, perTokenRates } from './catalog/pool-rates.ts'
import type { Price } from './price.ts'
import type { PriceCatalog } from './catalog/price-catalog.ts'
import { readServiceTier } from './catalog/service-tier.ts'

/** What is to be rated. */
export interface RateUsageInput {
  readonly catalog: PriceCatalog
  readonly provider: string
  /** Null where a response does not name its model: that is unpriced. */
  readonly model: string | null
  readonly tokens: TokenUsageInput
  /** RFC 3339, or an instant: the price is the one of this time. */
  readonly at: Temporal.Instant | string
  readonly tenantId?: string | undefined
  /**
   * How the provider served it, in its word or ours; standard where it is left out. A call of a tier that has no price, or
   * of one that we do not know, is unpriced: the standard price would be twice a batch's, and half of what priority costs,
   * and look right.
   */
  readonly serviceTier?: string | undefined
}

/** One pool's share of a cost: `amount` = `quantity` × `unitPrice`, exactly. */
export interface RatedLine {
  readonly pool: TokenPool | 'request'
  readonly quantity: number
  /** USD for one token, or for one request. */
  readonly unitPrice: Decimal
  readonly amount: Decimal
}

/** A cost with its reasons, or why there is none. */
export type RatedUsage =
  | { readonly state: 'priced'; readonly cost: Decimal; readonly lines: readonly RatedLine[]; readonly price: Price }
  | { readonly state: 'unpriced'; readonly cost: null; readonly lines: readonly []; readonly price: null; readonly reason: string }

/**
 * What a provider charges for a call, in USD, not rounded: the price of the event's time, pool by pool. The lines sum
 * to the cost. Unpriced, never 0, where no price is known or it has no rate for a pool that has tokens.
 * Throws `InvalidInput` where `at` is not a time or a pool is not a whole number.
 */
export function rateUsage({ catalog, provider, model, tokens, at, tenantId, serviceTier: tierName }: RateUsageInput): RatedUsage {
  const issues = checkTokenUsage(tokens)
  if (issues.length > 0) throw new InvalidInput(issues)
  const instant = typeof at === 'string' ? readInstant(at) : at
  if (model === null) return unpriced(`no model is named, and the prices of ${provider} are by model`)
  const serviceTier = tierName === undefined ? 'standard' : (readServiceTier(tierName) ?? tierName)
  const price = catalog.find({ provider, model, at: instant, tenantId, serviceTier })
  if (price === undefined)
    return unpriced(`no ${serviceTier === 'standard' ? '' : `${serviceTier} `}price is known for the model "${model}" of ${provider} at ${instant.toString()}`)
  return applyPrice(price, tokens)
}

/** What a call costs by one price, whether or not it would be the one to find. Unpriced where it has no rate for a pool that has tokens. */
export function applyPrice(price: Price, tokens: TokenUsageInput): RatedUsage {
  const rates = perTokenRates(price)
  const context = contextTokens(tokens)
  const lines: RatedLine[] = []
  let cost = ZERO
  for (const pool of TOKEN_POOLS) {
    const quantity = tokens[pool] ?? 0
    if (quantity === 0) continue
    const rate = rates[pool]
    if (rate === undefined) return unpriced(`the price of ${price.provider} ${price.model} has no rate for the pool ${pool}, nor for one that it falls back to`)
    const unitPrice = rateForContext(rate, context)
    const amount = unitPrice.times(quantity)
    lines.push({ pool, quantity, unitPrice, amount })
    cost = cost.plus(amount)
  }
  if (price.perRequest !== null) {
    lines.push({ pool: 'request', quantity: 1, unitPrice: price.perRequest, amount: price.perRequest })
    cost = cost.plus(price.perRequest)
  } else if (lines.length === 0 && rates.input === undefined && rates.output === undefined) {
    return unpriced(`the price of ${price.provider} ${price.model} has no rate for tokens or requests`)
  }
  return { state: 'priced', cost, lines, price }
}

/** What the provider counts for its context-length steps: everything that went in, however it was priced. */
function contextTokens(tokens: TokenUsageInput): number {
  return (
    (tokens.input ?? 0) +
    (tokens.cacheRead ?? 0) +
    (tokens.cacheWrite5m ?? 0) +
    (tokens.cacheWrite1h ?? 0) +
    (tokens.audioInput ?? 0) +
    (tokens.imageInput ?? 0)
  )
}

function rateForContext({ base, steps }: PerTokenRate, context: number): Decimal {
  let rate = base
  for (const step of steps) if (context > step.above) rate = step.rate
  return rate
}

function unpriced(reason: string): RatedUsage {
  return { state: 'unpriced', cost: null, lines: [], price: null, reason }
}

function readInstant(at: string): Temporal.Instant {
  const instant = parseInstant(at)
  if (!instant) throw new InvalidInput([{ path: 'at', message: 'must be an RFC 3339 time with an offset, such as "2026-11-20T00:00:00Z"' }])
  return instant
}
