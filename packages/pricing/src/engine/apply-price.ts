import { type Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenUsageInput } from '@tollgate/tokens'
import { type PerTokenRate, perTokenRates } from '../model/pool-rates.ts'
import type { Price } from '../model/price.ts'
import { type RatedLine, type RatedUsage, unpriced } from '../model/rated-usage.ts'

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
