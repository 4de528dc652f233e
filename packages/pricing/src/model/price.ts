import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { ModelMatch } from './model-match.ts'
import type { ServiceTier } from './service-tier.ts'

/**
 * USD for a million tokens. `steps` price by context length: the highest step whose `above` is less than the event's
 * input tokens (input, cache, audio and image input together) prices the whole event, not only what is above it.
 */
export interface TokenRate {
  readonly base: Decimal
  readonly steps: readonly { readonly above: number; readonly rate: Decimal }[]
}

/** A part of the day, UTC, `from` inclusive and `to` exclusive, as "HH:MM:SS"; may pass midnight. */
export interface TimeOfDay {
  readonly from: string
  readonly to: string
}

/** Where a price comes from. Tenant prices go before custom ones, those before bundled ones. */
export type PriceSource = 'bundled' | 'custom' | 'tenant'

/** What a provider charges for a model, from one time to another. Never changed: a later one takes its place. */
export interface Price {
  readonly id: string
  readonly source: PriceSource
  /** Set where the price is one tenant's own. */
  readonly tenantId: string | null
  readonly provider: string
  /** The model's canonical name, such as "claude-sonnet-4-5". */
  readonly model: string
  readonly match: ModelMatch
  /** The way of being served that it is for; standard where it is left out. A price is never for two. */
  readonly serviceTier?: ServiceTier
  /** Half-open; null where it has no beginning or end. A later publication may take its place before: `effectiveIntervals`. */
  readonly from: Temporal.Instant | null
  readonly to: Temporal.Instant | null
  /** Where the provider charges by the time of day. */
  readonly timeOfDay: TimeOfDay | null
  readonly perMillionTokens: PoolRates
  /** USD for each call, beside the tokens. */
  readonly perRequest: Decimal | null
  /** Among prices of one source for one model and time, the one published last counts. */
  readonly publishedAt: Temporal.Instant
}

/** A rate for some pools. */
export type PoolRates = { readonly [Pool in TokenPool]?: TokenRate }
