import type { Decimal, Temporal } from '@tollgate/kernel'
import type { FrequentTokenPool } from '@tollgate/tokens'
import type { ModelMatch } from './model-match.ts'
import type { ServiceTier } from './service-tier.ts'

/**
 * A rate in USD per million tokens. `steps` price by context length: of the steps whose `above` is less than the input
 * tokens of the event (input, cache, audio and image input together), the highest prices all of its tokens.
 */
export interface TokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** A half-open part of the day in UTC, as "HH:MM:SS". May cross midnight. */
export interface TimeOfDay {
  readonly from: string
  readonly to: string
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
  /** Published interval, half-open; null for no start or end. `effectiveIntervals` tells which parts later prices supersede. */
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  /** Set if the provider charges by time of day. */
  readonly timeOfDay: TimeOfDay | null
  readonly perMillionTokens: PoolRates
  /** USD per request, in addition to tokens. */
  readonly perRequest: Decimal | null
  /** Of overlapping prices of one source for one model, the one published last applies. */
  readonly publishedAt: Temporal.Instant
}

/** Rates by token pool. */
export type PoolRates = { readonly [Pool in FrequentTokenPool]?: TokenRate }
