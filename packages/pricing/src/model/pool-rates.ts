import { Decimal } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool } from '@tollgate/tokens'
import type { PoolRates, Price, TokenRate } from './price.ts'

/**
 * The pool whose rate applies to a pool without one, and so on until a pool has a rate. A provider that lists no rate
 * for a kind of token charges the rate of the total that includes it. `input` and `output` fall back to nothing.
 */
const FALLBACKS: Readonly<Record<FrequentTokenPool, FrequentTokenPool | undefined>> = {
  input: undefined,
  output: undefined,
  cacheRead: 'input',
  cacheWrite5m: 'input',
  cacheWrite1h: 'cacheWrite5m',
  reasoning: 'output',
  audioInput: 'input',
  audioOutput: 'output',
  imageInput: 'input',
  imageOutput: 'output',
}

/** USD per token; `steps` as in `TokenRate`. */
export interface PerTokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** The rate of each pool, with fallbacks applied. */
export type PerTokenRates = { readonly [Pool in FrequentTokenPool]: PerTokenRate | undefined }

const MILLION = new Decimal(1_000_000)
const ratesOfPrices = new WeakMap<Price, PerTokenRates>()

/** Returns a price's rates per token. Computed once per price, so that rating an event needs no division. */
export function perTokenRates(price: Price): PerTokenRates {
  let rates = ratesOfPrices.get(price)
  if (!rates) {
    rates = Object.fromEntries(FREQUENT_TOKEN_POOLS.map(pool => [pool, perToken(rateOfPool(price.perMillionTokens, pool))])) as PerTokenRates
    ratesOfPrices.set(price, rates)
  }
  return rates
}

/** Returns the rate that applies to a pool: its own, or that of the first pool it falls back to. */
export function rateOfPool(rates: PoolRates, pool: FrequentTokenPool): TokenRate | undefined {
  for (let source: FrequentTokenPool | undefined = pool; source !== undefined; source = FALLBACKS[source]) {
    const rate = rates[source]
    if (rate) return rate
  }
  return undefined
}

function perToken(rate: TokenRate | undefined): PerTokenRate | undefined {
  // Division by a power of ten only moves the decimal point, so it is exact.
  return rate && { base: rate.base.div(MILLION), steps: rate.steps.map(step => ({ above: step.above, rate: step.rate.div(MILLION) })) }
}
