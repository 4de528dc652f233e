import { Decimal, InvalidInput, parseDecimal, ZERO } from '@tollgate/kernel'
import { hasRareTokens, RARE_TOKEN_POOLS, TOKEN_POOL_TRAITS, TOKEN_POOLS, type TokenPool, type TokenUsageInput, type UsageUnit } from '@tollgate/tokens'
import { type PerTokenRates, type PerUnitPrice, type PreparedPrice, preparePrice } from '../model/prepared-price.ts'
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
  if (tokens && !addTokenLines(lines, prepared, tokens)) return withoutRate(price, prepared, tokens)
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
  let cost: Decimal | undefined
  for (const { amount } of lines) cost = cost === undefined ? amount : cost.plus(amount)
  return { state: 'priced', cost: cost ?? ZERO, lines, price }
}

/** Adds a line for every pool that has tokens. Returns whether all of them have a rate. */
function addTokenLines(lines: RatedLine[], prepared: PreparedPrice, tokens: TokenUsageInput): boolean {
  if (prepared.marginalSteps) return addMarginalLines(lines, prepared, tokens)
  const rates = prepared.steps.length === 0 ? prepared.rates : ratesForContext(prepared, contextTokens(tokens))
  // Written out, so that JavaScript engines read fields instead of searching for names: this runs for every event.
  const isComplete =
    addLine(lines, 'input', tokens.input, rates.input) &&
    addLine(lines, 'output', tokens.output, rates.output) &&
    addLine(lines, 'cacheRead', tokens.cacheRead, rates.cacheRead) &&
    addLine(lines, 'cacheWrite5m', tokens.cacheWrite5m, rates.cacheWrite5m) &&
    addLine(lines, 'cacheWrite1h', tokens.cacheWrite1h, rates.cacheWrite1h) &&
    addLine(lines, 'reasoning', tokens.reasoning, rates.reasoning) &&
    addLine(lines, 'audioInput', tokens.audioInput, rates.audioInput) &&
    addLine(lines, 'audioOutput', tokens.audioOutput, rates.audioOutput) &&
    addLine(lines, 'imageInput', tokens.imageInput, rates.imageInput) &&
    addLine(lines, 'imageOutput', tokens.imageOutput, rates.imageOutput)
  return isComplete && (!hasRareTokens(tokens) || RARE_TOKEN_POOLS.every(pool => addLine(lines, pool, tokens[pool], rates[pool])))
}

/** Adds the line of a pool if it has tokens. Returns false if they have no rate. */
function addLine(lines: RatedLine[], pool: TokenPool, quantity: number | null | undefined, unitPrice: Decimal | undefined): boolean {
  if (quantity === 0 || quantity === undefined || quantity === null) return true
  if (unitPrice === undefined) return false
  lines.push({ pool, quantity, unitPrice, amount: unitPrice.times(quantity) })
  return true
}

function withoutRate({ provider, model }: Price, { rates }: PreparedPrice, tokens: TokenUsageInput): UnpricedUsage {
  const unpricedPools = TOKEN_POOLS.filter(pool => (tokens[pool] ?? 0) !== 0 && rates[pool] === undefined)
  return unpriced('no_rate_for_pool', `the price of ${provider} ${model} has no rate for ${unpricedPools.join(', ')} tokens`, { unpricedPools })
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

function ratesForContext({ rates, steps }: PreparedPrice, context: number): PerTokenRates {
  return steps.findLast(({ above }) => context > above)?.rates ?? rates
}

/** Adds a line for the tokens of each pool in each step: those above it and up to the next one. Returns whether all have a rate. */
function addMarginalLines(lines: RatedLine[], { rates, steps }: PreparedPrice, tokens: TokenUsageInput): boolean {
  return TOKEN_POOLS.every(pool => {
    const total = tokens[pool] ?? 0
    let from = 0
    let unitPrice = rates[pool]
    for (const { above, rates: higher } of steps) {
      const next = higher[pool]
      if (total <= above || unitPrice === undefined || next === undefined || next.equals(unitPrice)) continue
      addLine(lines, pool, above - from, unitPrice)
      from = above
      unitPrice = next
    }
    return addLine(lines, pool, total - from, unitPrice)
  })
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
    throw new InvalidInput([{ path: `units[${at}].quantity`, message: `must be a decimal of 0 or more, such as "12.5", not "${text.slice(0, 50)}"` }])
  }
  return quantity
}
