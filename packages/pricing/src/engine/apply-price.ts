import { type Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool, type TokenUsageInput } from '@tollgate/tokens'
import { type PerTokenRate, perTokenRates } from '../model/pool-rates.ts'
import type { Price } from '../model/price.ts'
import { type RatedLine, type RatedUsage, unpriced } from '../model/rated-usage.ts'

/** Rates tokens with a given price, whether or not a lookup would find it. Unpriced if it has no rate for a pool that has tokens. */
export function applyPrice(price: Price, tokens: TokenUsageInput): RatedUsage {
  const rates: { readonly [Pool in TokenPool]?: PerTokenRate | undefined } = perTokenRates(price)
  const context = contextTokens(tokens)
  const lines: RatedLine[] = []
  let cost = ZERO
  for (const pool of TOKEN_POOLS) {
    const quantity = tokens[pool] ?? 0
    if (quantity === 0) continue
    const rate = rates[pool]
    if (rate === undefined) return unpriced(`the price of ${price.provider} ${price.model} has no rate for ${pool} tokens`)
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

/** The context length that providers price by: all input tokens, whatever their rate. */
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
