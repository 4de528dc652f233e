import { type Decimal, ZERO } from '@tollgate/kernel'
import { FREQUENT_TOKEN_POOLS, type FrequentTokenPool } from '@tollgate/tokens'
import { rateOfPool } from './pool-rates.ts'
import type { PoolRates, Price } from './price.ts'

/** A rate that differs between two prices, in USD per million tokens or per request. Null if a price has no such rate. */
export interface RateDifference {
  readonly rate: FrequentTokenPool | 'request'
  /** Set for the rate of contexts with more input tokens than this. */
  readonly above: number | null
  readonly before: Decimal | null
  readonly after: Decimal | null
}

type Priced = Pick<Price, 'perMillionTokens' | 'perRequest'>

/**
 * Returns the rates that differ between two prices. Compares the rates that apply, after fallbacks: listing a rate that
 * a pool would fall back to anyway is no difference.
 */
export function rateDifferences(before: Priced, after: Priced): readonly RateDifference[] {
  const pools = FREQUENT_TOKEN_POOLS.filter(pool => before.perMillionTokens[pool] ?? after.perMillionTokens[pool])
  const differences = pools.flatMap(pool => poolDifferences(pool, before.perMillionTokens, after.perMillionTokens))
  const requests = { before: before.perRequest, after: after.perRequest }
  if ((requests.before ?? ZERO).eq(requests.after ?? ZERO)) return differences
  return [...differences, { rate: 'request', above: null, ...requests }]
}

function poolDifferences(pool: FrequentTokenPool, before: PoolRates, after: PoolRates): readonly RateDifference[] {
  const [old, next] = [rateOfPool(before, pool), rateOfPool(after, pool)]
  const thresholds = [...new Set([...(old?.steps ?? []), ...(next?.steps ?? [])].map(({ above }) => above))].toSorted((a, b) => a - b)
  return [null, ...thresholds].flatMap(above => {
    const difference = { rate: pool, above, before: rateAbove(old, above), after: rateAbove(next, above) }
    const same = difference.before === null ? difference.after === null : difference.after !== null && difference.before.eq(difference.after)
    return same ? [] : [difference]
  })
}

/** Returns the rate of a context just longer than `above`, or the base rate for null. */
function rateAbove(rate: PoolRates[FrequentTokenPool], above: number | null): Decimal | null {
  if (!rate) return null
  return rate.steps.findLast(step => above !== null && step.above <= above)?.rate ?? rate.base
}
