import { Decimal, InvalidInput, parseDecimal, ZERO } from '@tollgate/kernel'
import { TOKEN_POOL_TRAITS, TOKEN_POOLS, type TokenPool, type TokenUsageInput, type UsageUnit } from '@tollgate/tokens'
import { type PerTokenRate, type PerUnitPrice, type PreparedPrice, preparePrice } from '../model/prepared-price.ts'
import type { Price } from '../model/price.ts'
import { type PricedUsage, type RatedLine, type RatedUnits, unpriced, type UnpricedUnit, type UnpricedUsage } from '../model/rated-usage.ts'
import { unitKey } from '../model/unit-price.ts'

/** What a call used. */
export interface CallUsage {
  /** Undefined or null if the number of tokens is unknown or the call used none. */
  readonly tokens?: TokenUsageInput | null | undefined
  readonly units?: readonly UsageUnit[] | null | undefined
}

/** Pools whose tokens count towards the context length. */
const CONTEXT_POOLS: readonly TokenPool[] = TOKEN_POOLS.filter(
  pool => TOKEN_POOL_TRAITS[pool].kind !== 'output' && TOKEN_POOL_TRAITS[pool].kind !== 'reasoning',
)
const ONE = new Decimal(1)
/** Decimal places of the amount of a unit line. More than any provider lists, and as many as token rates have. */
const AMOUNT_PLACES = 24

/**
 * Rates a call with a given price, whether or not a lookup would find it. Unpriced if the price has no rate for a pool that has
 * tokens, no price for units that were used, or nothing to rate. Throws `InvalidInput` for a quantity that is not a decimal.
 */
export function applyPrice(price: Price, usage: CallUsage): PricedUsage | UnpricedUsage {
  return applyPriceTo(price, usage, true)
}

/** Like `applyPrice`. Without `isRequest`, a price per request does not apply: further model calls inside a request have none. */
export function applyPriceTo(price: Price, { tokens, units }: CallUsage, isRequest: boolean): PricedUsage | UnpricedUsage {
  const prepared = preparePrice(price)
  const lines: RatedLine[] = []
  let unpricedPools: TokenPool[] | undefined
  if (tokens) {
    const context = prepared.hasSteps ? contextTokens(tokens) : 0
    for (const pool of TOKEN_POOLS) {
      const quantity = tokens[pool] ?? 0
      if (quantity === 0) continue
      const rate = prepared.rates[pool]
      if (rate === undefined) (unpricedPools ??= []).push(pool)
      else if (price.marginalSteps && rate.steps.length > 0) addMarginalLines(lines, rate, { pool, quantity })
      else {
        const unitPrice = rate.steps.length === 0 ? rate.base : rateForContext(rate, context)
        lines.push({ pool, quantity, unitPrice, amount: unitPrice.times(quantity) })
      }
    }
  }
  if (unpricedPools) {
    return unpriced('no_rate_for_pool', `the price of ${price.provider} ${price.model} has no rate for ${unpricedPools.join(', ')} tokens`, { unpricedPools })
  }
  if ((units && units.length > 0) || (isRequest && prepared.pricesRequests)) {
    const unpricedUnits = addUnitLines(lines, prepared, { units: units ?? [], isRequest })
    if (unpricedUnits) {
      return unpriced('no_price_for_unit', `the price of ${price.provider} ${price.model} has no price for the unit ${unpricedUnits.map(unitKey).join(', ')}`, {
        unpricedUnits,
      })
    }
  }
  if (lines.length === 0 && !isNothing(prepared, { tokens, units })) {
    return unpriced('no_usage', `the call has no tokens and no units that the price of ${price.provider} ${price.model} is for`)
  }
  let cost = ZERO
  for (const { amount } of lines) cost = cost.plus(amount)
  return { state: 'priced', cost, lines, price }
}

/** Whether a call without lines costs nothing: it says that it used nothing, or its model is free. */
function isNothing({ rates, isFree }: PreparedPrice, { tokens, units }: CallUsage): boolean {
  if (isFree || (units && units.length > 0)) return true
  return Boolean(tokens) && (rates.input !== undefined || rates.output !== undefined)
}

/** The context length that providers price by: all input tokens, whatever their rate. */
function contextTokens(tokens: TokenUsageInput): number {
  let context = 0
  for (const pool of CONTEXT_POOLS) context += tokens[pool] ?? 0
  return context
}

function rateForContext({ base, steps }: PerTokenRate, context: number): Decimal {
  let rate = base
  for (const step of steps) if (context > step.above) rate = step.rate
  return rate
}

/** Adds a line for the tokens of each step: those above it and up to the next one. */
function addMarginalLines(lines: RatedLine[], { base, steps }: PerTokenRate, { pool, quantity: total }: { pool: TokenPool; quantity: number }): void {
  let from = 0
  let unitPrice = base
  for (const { above, rate } of [...steps, { above: Number.POSITIVE_INFINITY, rate: base }]) {
    const quantity = Math.min(total, above) - from
    if (quantity > 0) lines.push({ pool, quantity, unitPrice, amount: unitPrice.times(quantity) })
    if (total <= above) return
    from = above
    unitPrice = rate
  }
}

/** Adds a line for all units of each kind and variant. Returns the units without a price, if any. A call is one request unless it says otherwise. */
function addUnitLines(
  lines: RatedLine[],
  prepared: PreparedPrice,
  { units, isRequest }: { readonly units: readonly UsageUnit[]; readonly isRequest: boolean },
): UnpricedUnit[] | undefined {
  let missing: UnpricedUnit[] | undefined
  const add = (unit: UnpricedUnit, quantity: Decimal) => {
    if (quantity.isZero()) return
    const price = findUnitPrice(prepared, unit)
    if (price === undefined) (missing ??= []).push(unit)
    else lines.push(unitLine(unit, quantity, price))
  }
  let sawRequest = false
  for (const [at, { kind, variant, quantity }] of units.entries()) {
    if (kind === 'request') sawRequest = true
    add({ kind, ...(variant !== undefined && { variant }) }, readQuantity(quantity, at))
  }
  if (isRequest && prepared.pricesRequests && !sawRequest) add({ kind: 'request' }, ONE)
  return missing
}

/**
 * Finds the price of a variant. A published price without a variant is for all variants of a kind that has no prices by variant. List
 * prices name every variant that they are for.
 */
function findUnitPrice({ units, oneForAll }: PreparedPrice, unit: UnpricedUnit): PerUnitPrice | undefined {
  return units.get(unitKey(unit)) ?? (oneForAll.has(unit.kind) ? units.get(unit.kind) : undefined)
}

function unitLine({ kind, variant }: UnpricedUnit, quantity: Decimal, { price, per }: PerUnitPrice): RatedUnits {
  const amount = price.times(quantity).div(per).toDecimalPlaces(AMOUNT_PLACES, Decimal.ROUND_HALF_EVEN)
  return { unit: kind, ...(variant !== undefined && { variant }), quantity, unitPrice: price, ...(per !== 1 && { per }), amount }
}

function readQuantity(text: string, at: number): Decimal {
  const quantity = parseDecimal(text)
  if (quantity === undefined || quantity.isNegative()) {
    throw new InvalidInput([{ path: `units[${at}].quantity`, message: `must be a plain decimal from 0, such as "12.5", not "${text.slice(0, 50)}"` }])
  }
  return quantity
}
