import type { Decimal, Temporal } from '@tollgate/kernel'
import type { FrequentTokenPool } from '@tollgate/tokens'
import type { ServiceTier } from './service-tier.ts'

/** Rates in USD per million tokens. Omitted pools use the rate of the pool they fall back to, if any. */
export type DraftRates = { readonly [Pool in FrequentTokenPool]?: Decimal | null | undefined }

/** A pool whose rate providers publish as a multiple of the input rate. */
export type CachePool = 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'

/** A price to publish. */
export interface PriceDraft {
  /** Tenant that the price is for. Defaults to all tenants. */
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly model: string
  readonly from: Temporal.Instant
  /** Exclusive. Defaults to no end. */
  readonly to?: Temporal.Instant | null | undefined
  /** Defaults to `standard`. Each tier needs a price of its own. */
  readonly serviceTier?: ServiceTier | null | undefined
  readonly perMillionTokens: DraftRates
  /** Rates for long contexts. Each step applies to events with more input tokens than `above`. Omitted pools keep their rate. */
  readonly contextSteps?: readonly { readonly above: number; readonly perMillionTokens: DraftRates }[] | null | undefined
  /** Cache rates as multiples of the input rate, at every context length: 0.1 for a read, 1.25 for a write. */
  readonly cacheMultipliers?: { readonly [Pool in CachePool]?: Decimal | null | undefined } | null | undefined
  /** USD per request, in addition to tokens. */
  readonly perRequest?: Decimal | null | undefined
}
