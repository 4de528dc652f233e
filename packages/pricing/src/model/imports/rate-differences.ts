import { type Decimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { type StandInPrice, rateOfPool } from '../pool-stand-ins.ts'
import type { Price, TokenRate } from '../price.ts'
import { type UnitPrice, unitKey } from '../unit-price.ts'

/** A rate that differs between two prices, in USD per million tokens, per request or per unit. Null if a price has no such rate. */
export interface RateDifference {
  /** A token pool, "request", or the kind of a unit with its variant, such as "request low". */
  readonly rate: TokenPool | 'request' | (string & {})
  /** Set for the rate of contexts with more input tokens than this. */
  readonly above: number | null
  readonly before: Decimal | null
  readonly after: Decimal | null
}

type Priced = StandInPrice & Pick<Price, 'perRequest' | 'units'>

/**
 * Returns the rates that differ between two prices. Compares the rates that apply, after stand-ins: listing a rate that
 * another pool would stand in for anyway is no difference.
 */
export function rateDifferences(before: Priced, after: Priced): readonly RateDifference[] {
  const pools = TOKEN_POOLS.filter(pool => before.perMillionTokens[pool] ?? after.perMillionTokens[pool])
  const differences = [...pools.flatMap(pool => poolDifferences(pool, before, after)), ...unitDifferences(before, after)]
  const requests = { before: before.perRequest, after: after.perRequest }
  if ((requests.before ?? ZERO).eq(requests.after ?? ZERO)) return differences
  return [...differences, { rate: 'request', above: null, ...requests }]
}

function poolDifferences(pool: TokenPool, before: Priced, after: Priced): readonly RateDifference[] {
  const [old, next] = [rateOfPool(before, pool), rateOfPool(after, pool)]
  const thresholds = [...new Set([...(old?.steps ?? []), ...(next?.steps ?? [])].map(({ above }) => above))].toSorted((a, b) => a - b)
  return [null, ...thresholds].flatMap(above => {
    const difference = { rate: pool, above, before: rateAbove(old, above), after: rateAbove(next, above) }
    return isSame(difference) ? [] : [difference]
  })
}

function unitDifferences(before: Priced, after: Priced): readonly RateDifference[] {
  const [old, next] = [before.units ?? [], after.units ?? []].map(units => new Map(units.map(unit => [unitKey(unit), perOne(unit)])))
  return [...new Set([...(old?.keys() ?? []), ...(next?.keys() ?? [])])].flatMap(rate => {
    const difference = { rate, above: null, before: old?.get(rate) ?? null, after: next?.get(rate) ?? null }
    return isSame(difference) ? [] : [difference]
  })
}

function isSame({ before, after }: Pick<RateDifference, 'before' | 'after'>): boolean {
  return before === null ? after === null : after !== null && before.eq(after)
}

/** Returns the price of one unit. Rounded if the price is for a number of units that does not divide it, equally on both sides. */
function perOne({ price, per = 1 }: UnitPrice): Decimal {
  return price.div(per)
}

/** Returns the rate of a context just longer than `above`, or the base rate for null. */
function rateAbove(rate: TokenRate | undefined, above: number | null): Decimal | null {
  if (!rate) return null
  return rate.steps.findLast(step => above !== null && step.above <= above)?.rate ?? rate.base
}
