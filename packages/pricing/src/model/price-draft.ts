import type { Decimal, Temporal } from '@tollgate/kernel'
import type { TokenPool } from '@tollgate/tokens'
import type { ServiceTier } from './service-tier.ts'

/** USD for a million tokens. Pools that are left out fall back as `rateUsage` documents, or make the event unpriced. */
export type DraftRates = { readonly [Pool in TokenPool]?: Decimal | null | undefined }

/** A pool whose rate providers give as a multiple of what input costs. */
export type CachePool = 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'

/** A price to publish: of one service tier. A tier that costs otherwise has a price of its own. */
export interface PriceDraft {
  readonly tenantId?: string | null | undefined
  readonly provider: string
  readonly model: string
  readonly from: Temporal.Instant
  readonly to?: Temporal.Instant | null | undefined
  /** Standard where it is left out. */
  readonly serviceTier?: ServiceTier | null | undefined
  readonly perMillionTokens: DraftRates
  /** Rates for long contexts, each of an event with more input tokens than `above`. A pool that a step leaves out keeps its rate. */
  readonly contextSteps?: readonly { readonly above: number; readonly perMillionTokens: DraftRates }[] | null | undefined
  /** The rate of a cache pool as a multiple of input's, at every length: 0.1 for a read, 1.25 for a write. */
  readonly cacheMultipliers?: { readonly [Pool in CachePool]?: Decimal | null | undefined } | null | undefined
  readonly perRequest?: Decimal | null | undefined
}
