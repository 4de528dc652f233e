import { Decimal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { Price } from './price.ts'

/** Cost of the tokens of one pool, or of those above one context step: `amount` = `quantity` × `unitPrice`, exactly. */
export interface RatedTokens {
  readonly pool: TokenPool
  readonly unit?: undefined
  readonly variant?: undefined
  readonly quantity: number
  /** USD per token. */
  readonly unitPrice: Decimal
  readonly per?: undefined
  readonly amount: Decimal
  /** Index of the attempt that used them. Omitted for the call itself. */
  readonly attempt?: number
}

/**
 * Cost of units of one kind, requests included: `amount` = `quantity` × `unitPrice` ÷ `per`, rounded half to even to 24 decimal
 * places, which matters only if a price per hour or minute does not divide evenly.
 */
export interface RatedUnits {
  readonly pool?: undefined
  /** Kind of the units, such as "web_search" or "request"; "reported_cost" for a cost that the provider reported. */
  readonly unit: string
  readonly variant?: string
  readonly quantity: Decimal
  /** USD for `per` units. */
  readonly unitPrice: Decimal
  /** Number of units that `unitPrice` is for, if the price of one unit is not an exact decimal. Otherwise omitted, and 1. */
  readonly per?: number
  readonly amount: Decimal
  /** Index of the attempt that used them. Omitted for the call itself. */
  readonly attempt?: number
}

/** Share of one token pool or one kind of units in a cost. */
export type RatedLine = RatedTokens | RatedUnits

/** Why a call has no cost. */
export const UNPRICED_REASONS = [
  /** The call names no provider or no model. */
  'no_model',
  /** No price is known for the model at any time. */
  'unknown_model',
  /** The model has prices, but none that is in effect at the time of the call. */
  'no_price_at_time',
  /** The model has a price at that time, but not for the service tier, speed or region of the call. */
  'no_price_as_served',
  /** The price has no rate for some pool that has tokens. */
  'no_rate_for_pool',
  /** The price has no price for some units that were used. */
  'no_price_for_unit',
  /** The call has no tokens and no units, as if its usage never arrived, and its price is not per request. */
  'no_usage',
] as const

/** Code of the reason why a call has no cost. */
export type UnpricedReason = (typeof UNPRICED_REASONS)[number]

/** Units without a price. */
export interface UnpricedUnit {
  readonly kind: string
  readonly variant?: string
}

/** A call with a cost. The lines sum to the cost. */
export interface PricedUsage {
  readonly state: 'priced'
  /** USD, of the call and its attempts. */
  readonly cost: Decimal
  readonly lines: readonly RatedLine[]
  readonly price: Price
  /** Price of each attempt, in order. Omitted if there are none. */
  readonly attemptPrices?: readonly Price[]
}

/** A call whose cost is what the provider reported. Its only line is that cost. */
export interface ReportedUsage {
  readonly state: 'reported'
  /** USD. */
  readonly cost: Decimal
  readonly lines: readonly [RatedUnits]
  readonly price: null
}

/** A call without a cost. */
export interface UnpricedUsage {
  readonly state: 'unpriced'
  readonly cost: null
  readonly lines: readonly []
  readonly price: null
  readonly reason: UnpricedReason
  /** The reason as a sentence, for people. */
  readonly message: string
  /** Set if the reason is `no_rate_for_pool`: the pools that have tokens and no rate. */
  readonly unpricedPools?: readonly TokenPool[]
  /** Set if some units have no price. */
  readonly unpricedUnits?: readonly UnpricedUnit[]
}

/** A cost with its lines and price, or the reason why there is none. */
export type RatedUsage = PricedUsage | ReportedUsage | UnpricedUsage

/** Returns the cost that a provider reported as a result. */
export function reported(cost: Decimal): ReportedUsage {
  return { state: 'reported', cost, lines: [{ unit: 'reported_cost', quantity: ONE, unitPrice: cost, amount: cost }], price: null }
}

const ONE = new Decimal(1)

/** Returns an unpriced result with its reason. */
export function unpriced(
  reason: UnpricedReason,
  message: string,
  { unpricedPools = [], unpricedUnits = [] }: { readonly unpricedPools?: readonly TokenPool[]; readonly unpricedUnits?: readonly UnpricedUnit[] } = {},
): UnpricedUsage {
  return {
    state: 'unpriced',
    cost: null,
    lines: [],
    price: null,
    reason,
    message,
    ...(unpricedPools.length > 0 && { unpricedPools }),
    ...(unpricedUnits.length > 0 && { unpricedUnits }),
  }
}
