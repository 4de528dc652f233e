import { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { rateOfPool } from './pool-stand-ins.ts'
import type { Price, TokenRate } from './price.ts'
import { unitKey } from './unit-price.ts'

/** USD per token; `steps` as in `TokenRate`. */
export interface PerTokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** USD for `per` units. `per` is 1 if the price of one unit is an exact decimal. */
export interface PerUnitPrice {
  readonly price: Decimal
  readonly per: number
}

/** A price in the form that calls are rated with. */
export interface PreparedPrice {
  /** The rate of each pool, stand-ins applied. */
  readonly rates: { readonly [Pool in TokenPool]: PerTokenRate | undefined }
  readonly hasSteps: boolean
  /** Unit prices by `unitKey`. Includes that of requests. */
  readonly units: ReadonlyMap<string, PerUnitPrice>
  /** Kinds of units of which all variants have one price. */
  readonly oneForAll: ReadonlySet<string>
  /** Whether every call costs something for being made. */
  readonly pricesRequests: boolean
  /** Whether the model costs nothing, however much is used. */
  readonly isFree: boolean
}

const MILLION = new Decimal(1_000_000)
/** Amounts of units have at most this many decimal places, as many as those of tokens. */
const EXACT_PLACES = 24
const NONE: ReadonlySet<string> = new Set()
const prepared = new WeakMap<Price, PreparedPrice>()

/** Returns a price in the form that calls are rated with. Computed once per price, so that rating an event needs no division. */
export function preparePrice(price: Price): PreparedPrice {
  let found = prepared.get(price)
  if (!found) {
    found = prepare(price)
    prepared.set(price, found)
  }
  return found
}

function prepare(price: Price): PreparedPrice {
  const { perMillionTokens, perRequest, units: listed = [] } = price
  const rates = Object.fromEntries(TOKEN_POOLS.map(pool => [pool, perToken(rateOfPool(price, pool))])) as PreparedPrice['rates']
  const units = new Map(listed.map(unit => [unitKey(unit), perUnit(unit.price, unit.per ?? 1)]))
  if (perRequest !== null) units.set('request', { price: perRequest, per: 1 })
  const byVariant = new Set(listed.flatMap(({ kind, variant }) => (variant === undefined ? [] : [kind])))
  const amounts = [
    ...Object.values(perMillionTokens).flatMap(({ base, steps }) => [base, ...steps.map(({ rate }) => rate)]),
    ...[...units.values()].map(unit => unit.price),
  ]
  return {
    rates,
    hasSteps: TOKEN_POOLS.some(pool => (rates[pool]?.steps.length ?? 0) > 0),
    units,
    oneForAll: price.source === 'bundled' ? NONE : new Set([...units.keys()].filter(kind => !byVariant.has(kind))),
    pricesRequests: perRequest !== null || listed.some(({ kind }) => kind === 'request'),
    isFree: amounts.length > 0 && amounts.every(amount => amount.isZero()),
  }
}

function perToken(rate: TokenRate | undefined): PerTokenRate | undefined {
  // Division by a power of ten only moves the decimal point, so it is exact.
  return rate && { base: rate.base.div(MILLION), steps: rate.steps.map(step => ({ above: step.above, rate: step.rate.div(MILLION) })) }
}

/** Returns the price of one unit if it is an exact decimal, as for 1,000 searches; otherwise the price as listed, as for an hour in seconds. */
function perUnit(price: Decimal, per: number): PerUnitPrice {
  const one = price.div(per)
  return one.decimalPlaces() <= EXACT_PLACES ? { price: one, per: 1 } : { price, per }
}
