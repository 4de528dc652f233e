import type { Decimal, Temporal } from '@tollgate/kernel'

/** A rate that moves by more than `MAX_MOVE`, or ends. */
export interface RateMove {
  /** How the calls are served, such as "batch us". Empty for the standard. */
  readonly served: string
  /** First time at which it moves. Null if it always did. */
  readonly from: Temporal.Instant | null
  /** A token pool, "request", the kind and variant of units, or "price" if calls lose their price. */
  readonly rate: string
  /** Set for the rate of contexts with more input tokens than this. */
  readonly above: number | null
  /** In USD per million tokens, per request or per unit. */
  readonly before: Decimal | null
  /** Null if calls lose this rate. */
  readonly after: Decimal | null
}

/** A model whose prices in a list wait for an operator, because a rate moves too far. */
export interface PriceChange {
  /** Hash of the model's prices in the list. Another list with other prices has another id. */
  readonly id: string
  readonly provider: string
  readonly model: string
  /** Names of calls that cost something else, in the order found. At most `MAX_CHANGE_NAMES`. */
  readonly names: readonly string[]
  /** Largest first, at most `MAX_CHANGE_MOVES`. */
  readonly moves: readonly RateMove[]
}

/** An operator's decision on a change. */
export interface FeedDecision {
  readonly changeId: string
  readonly approved: boolean
  /** Who decided, for display. */
  readonly decidedBy: string
  readonly decidedAt: Temporal.Instant
}

export const MAX_CHANGE_NAMES = 10
export const MAX_CHANGE_MOVES = 20
