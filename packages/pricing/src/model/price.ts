import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { ModelMatch } from './names/model-match.ts'
import type { ServiceTier } from './service-tier.ts'
import type { UnitPrice } from './unit-price.ts'

/**
 * A rate in USD per million tokens. `steps` price by context length: of the steps whose `above` is less than the input
 * tokens of the event (input, cache, audio and image input together), the highest prices all of its tokens.
 */
export interface TokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** A half-open part of the day in UTC, as "HH:MM:SS". May cross midnight, or end at "24:00:00". */
export interface TimeOfDay {
  readonly from: string
  readonly to: string
  /** Days on which the part starts, 1 (Monday) to 7 (Sunday), in UTC. Defaults to every day. */
  readonly weekdays?: readonly number[]
}

/** Source of a price. Tenant prices take precedence over custom ones, and custom ones over bundled ones. */
export type PriceSource = 'bundled' | 'custom' | 'tenant'

/** What a provider charges for a model during an interval. Prices never change: later prices supersede earlier ones. */
export interface Price {
  readonly id: string
  readonly source: PriceSource
  /** Set if the price is for one tenant. */
  readonly tenantId: string | null
  readonly provider: string
  /** Canonical name of the model, such as "claude-sonnet-4-5". */
  readonly model: string
  readonly match: ModelMatch
  /** Service tier that the price is for. Defaults to `standard`. */
  readonly serviceTier?: ServiceTier
  /** Speed that the price is for, such as "fast". Defaults to the usual speed. */
  readonly speed?: string
  /**
   * Region that the price is for: its name in lower case, or a pattern that ends in "*", such as "us-gov-*", or "*" for any
   * region that a call names. A price without a region is for calls that name none, and for regions without a price of their
   * own if its provider charges the same everywhere; see `isPricedForRegion`.
   */
  readonly region?: string
  /** Published interval, half-open; null for no start or end. `effectiveIntervals` tells which parts later prices supersede. */
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  /** Set if the provider charges by time of day. */
  readonly timeOfDay: TimeOfDay | null
  readonly perMillionTokens: PoolRates
  /** Whether a step of a rate prices only the tokens of the pool above it. Otherwise it prices all tokens of the call. */
  readonly marginalSteps?: true
  /** USD per request, in addition to tokens. */
  readonly perRequest: Decimal | null
  /** Prices of what is billed besides tokens and requests, each kind and variant once. */
  readonly units?: readonly UnitPrice[]
  /** Of overlapping prices of one source for one model, the one published last applies. */
  readonly publishedAt: Temporal.Instant
}

/** Rates by token pool. */
export type PoolRates = { readonly [Pool in TokenPool]?: TokenRate }
