import type { Decimal, Temporal } from '@tollgate/kernel'
import type { AmountInput, TimeInput } from '@tollgate/kernel/input'
import type { TokenPool } from '@tollgate/tokens'
import type { ServiceTier } from '../service-tier.ts'

/** Rates in USD per million tokens. Omitted pools use the rate of the pool that stands in for them, if any. */
export type DraftRates<Amount = AmountInput> = { readonly [Pool in TokenPool]?: Amount | null | undefined }

/** A pool whose rate providers publish as a multiple of the input rate. */
export type CachePool = 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'

/** A price of units to publish; see `UnitPrice`. */
export interface UnitPriceDraft<Amount = AmountInput> {
  /** Lower case, such as "web_search". */
  readonly kind: string
  readonly variant?: string | null | undefined
  /** USD for `per` units. */
  readonly price: Amount
  /** Defaults to 1. */
  readonly per?: number | null | undefined
}

/** Part of the day to publish a price for. Times are in UTC, as "HH:MM" or "HH:MM:SS". */
export interface TimeOfDayDraft {
  readonly from: string
  readonly to: string
  /** 1 (Monday) to 7 (Sunday). Defaults to every day. */
  readonly weekdays?: readonly number[] | null | undefined
}

/** Rates for longer contexts. */
export interface ContextStepDraft<Amount = AmountInput> {
  readonly above: number
  readonly perMillionTokens: DraftRates<Amount>
}

/** A price to publish. */
export interface PriceDraft<Amount = AmountInput, Time = TimeInput> {
  /** Tenant that the price is for. Defaults to all tenants. */
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly model: string
  readonly from: Time
  /** Exclusive. Defaults to no end. */
  readonly to?: Time | null | undefined
  /** Defaults to `standard`. Each tier needs a price of its own. */
  readonly serviceTier?: ServiceTier | null | undefined
  /** Speed that the price is for, such as "fast". Defaults to the usual speed. Each speed needs a price of its own. */
  readonly speed?: string | null | undefined
  /** Region that the price is for, or a pattern such as "us-gov-*". Defaults to all regions without a price of their own. */
  readonly region?: string | null | undefined
  /** Time of day that the price is for. Defaults to all day. */
  readonly timeOfDay?: TimeOfDayDraft | null | undefined
  readonly perMillionTokens: DraftRates<Amount>
  /** Rates for long contexts. Each step applies to events with more input tokens than `above`. Omitted pools keep their rate. */
  readonly contextSteps?: readonly ContextStepDraft<Amount>[] | null | undefined
  /** Whether a step prices only the tokens of the pool above it, not all tokens of the call. Defaults to false. */
  readonly marginalSteps?: boolean | null | undefined
  /** Cache rates as multiples of the input rate, at every context length: 0.1 for a read, 1.25 for a write. */
  readonly cacheMultipliers?: { readonly [Pool in CachePool]?: Amount | null | undefined } | null | undefined
  /** USD per request, in addition to tokens. */
  readonly perRequest?: Amount | null | undefined
  /** Prices of what is billed besides tokens and requests. */
  readonly units?: readonly UnitPriceDraft<Amount>[] | null | undefined
}

/** A draft whose amounts and times were read. */
export type ExactPriceDraft = PriceDraft<Decimal, Temporal.Instant>
