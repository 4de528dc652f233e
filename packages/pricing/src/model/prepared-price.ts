import { Decimal } from '@tollgate/kernel'
import { TOKEN_POOLS, type TokenPool } from '@tollgate/tokens'
import { rateOfPool } from './pool-stand-ins.ts'
import type { Price, TokenRate } from './price.ts'
import { unitKey } from './unit-price.ts'

/** USD per token of each pool with a rate, stand-ins applied. */
export type PerTokenRates = { readonly [Pool in TokenPool]: Decimal | undefined }

/** Rates above a threshold of the context length, or of the tokens of a pool, up to that of the next step. */
export interface RateStep {
  readonly above: number
  readonly rates: PerTokenRates
}

/** USD for `per` units. `per` is 1 if the price of one unit is an exact decimal. */
export interface PerUnitPrice {
  readonly price: Decimal
  readonly per: number
}

/** A price in the form that calls are rated with. */
export interface PreparedPrice {
  /** Rates below all steps. */
  readonly rates: PerTokenRates
  /** Rates above each threshold of any pool, lowest first. Empty for most prices. */
  readonly steps: readonly RateStep[]
  /** Whether a step prices only the tokens of a pool above it. Otherwise it prices all tokens of a call with a longer context. */
  readonly marginalSteps: boolean
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
const BELOW_ALL_STEPS = -1
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
  const thresholds = TOKEN_POOLS.flatMap(pool => rateOfPool(price, pool)?.steps.map(({ above }) => above) ?? [])
  const units = new Map(listed.map(unit => [unitKey(unit), perUnit(unit.price, unit.per ?? 1)]))
  if (perRequest !== null) units.set('request', { price: perRequest, per: 1 })
  const byVariant = new Set(listed.flatMap(({ kind, variant }) => (variant === undefined ? [] : [kind])))
  const amounts = [
    ...Object.values(perMillionTokens).flatMap(({ base, steps }) => [base, ...steps.map(({ rate }) => rate)]),
    ...[...units.values()].map(unit => unit.price),
  ]
  return {
    rates: perTokenRates(price, BELOW_ALL_STEPS),
    steps: [...new Set(thresholds)].toSorted((a, b) => a - b).map(above => ({ above, rates: perTokenRates(price, above) })),
    marginalSteps: price.marginalSteps ?? false,
    units,
    oneForAll: price.source === 'bundled' ? NONE : new Set([...units.keys()].filter(kind => !byVariant.has(kind))),
    pricesRequests: perRequest !== null || listed.some(({ kind }) => kind === 'request'),
    isFree: amounts.length > 0 && amounts.every(amount => amount.isZero()),
  }
}

/** Returns the rates above a threshold. */
function perTokenRates(price: Price, above: number): PerTokenRates {
  const rates: { [Pool in TokenPool]?: Decimal | undefined } = {}
  // All pools in one order, so that JavaScript engines see one object shape: every event reads it.
  for (const pool of TOKEN_POOLS) rates[pool] = perToken(rateOfPool(price, pool), above)
  return rates as PerTokenRates
}

function perToken(rate: TokenRate | undefined, above: number): Decimal | undefined {
  const step = rate?.steps.findLast(higher => higher.above <= above)
  // Division by a power of ten only moves the decimal point, so it is exact.
  return (step?.rate ?? rate?.base)?.div(MILLION)
}

/** Returns the price of one unit if it is an exact decimal, as for 1,000 searches; otherwise the price as listed, as for an hour in seconds. */
function perUnit(price: Decimal, per: number): PerUnitPrice {
  const one = price.div(per)
  return one.decimalPlaces() <= EXACT_PLACES ? { price: one, per: 1 } : { price, per }
}
