import { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import type { PoolRates, Price, TokenRate } from './price.ts'

/**
 * The pool whose rate a pool without its own takes, and so on until one has a rate. A provider that does not list a
 * part charges it as the whole that it is part of. What ends without a rate has no price: `input` never costs what
 * `output` does, nor the other way round.
 */
const FALLBACKS: Readonly<Record<TokenPool, TokenPool | undefined>> = {
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

/** USD for one token; `steps` as in `TokenRate`. */
export interface PerTokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** What each pool costs, its fallbacks applied. */
export type PerTokenRates = { readonly [Pool in TokenPool]: PerTokenRate | undefined }

const MILLION = new Decimal(1_000_000)
const ratesOfPrices = new WeakMap<Price, PerTokenRates>()

/** A price's rates for one token. Worked out once for each price, so that rating an event divides nothing. */
export function perTokenRates(price: Price): PerTokenRates {
  let rates = ratesOfPrices.get(price)
  if (!rates) {
    rates = Object.fromEntries(TOKEN_POOLS.map(pool => [pool, perToken(rateOfPool(price.perMillionTokens, pool))])) as PerTokenRates
    ratesOfPrices.set(price, rates)
  }
  return rates
}

/** The rate that a pool is charged at: its own, or that of the pool it falls back to. */
export function rateOfPool(rates: PoolRates, pool: TokenPool): TokenRate | undefined {
  for (let source: TokenPool | undefined = pool; source !== undefined; source = FALLBACKS[source]) {
    const rate = rates[source]
    if (rate) return rate
  }
  return undefined
}

function perToken(rate: TokenRate | undefined): PerTokenRate | undefined {
  // A division by a power of ten only moves the point: it is exact.
  return rate && { base: rate.base.div(MILLION), steps: rate.steps.map(step => ({ above: step.above, rate: step.rate.div(MILLION) })) }
}
