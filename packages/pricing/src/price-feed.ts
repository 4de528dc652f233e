import type { Scope, Temporal } from '@tollgate/kernel'
import type { AcceptedFeed } from './feed-store.ts'
import type { FeedCheck } from './model/feed/feed-state.ts'
import type { PriceChange } from './model/feed/price-change.ts'

/** Keeps list prices fresh from a signed feed. For operators: refreshing and deciding throw `Forbidden` for other scopes. */
export interface PriceFeed {
  /** Whether a feed is configured. */
  readonly configured: boolean
  /** Checks the feed, accepts a newer list, and applies what needs no approval. Never throws for a feed that cannot be used. */
  refresh(scope: Scope): Promise<FeedRefresh>
  /** Approves or refuses changes by their ids, and applies what is approved. Throws `InvalidInput` for ids that do not wait for a decision. */
  decide(scope: Scope, request: FeedDecisionRequest): Promise<FeedApplied>
  status(): Promise<FeedStatus>
  /** Returns the digest of the active release if it came from the feed and unpriced events were not rated with it yet. */
  releaseToRate(): Promise<string | undefined>
  /** Records that they were. */
  recordRated(digest: string): Promise<void>
}

/** A decision to make. */
export interface FeedDecisionRequest {
  readonly changeIds: readonly string[]
  readonly approved: boolean
  /** Who decides, for display. */
  readonly decidedBy: string
}

/** What became active. */
export interface FeedApplied {
  /** Number of list prices that are active and were not before. */
  readonly addedPrices: number
  /** Whether list prices changed at all. */
  readonly changed: boolean
  /** Changes that wait for a decision. */
  readonly pending: readonly PriceChange[]
}

/** What a refresh did. */
export interface FeedRefresh extends FeedApplied {
  /** Null if no feed is configured. */
  readonly check: FeedCheck | null
}

/** The state of the feed, and the age of the list prices. */
export interface FeedStatus {
  readonly configured: boolean
  readonly accepted: AcceptedFeed | null
  readonly lastCheck: FeedCheck | null
  readonly pending: readonly PriceChange[]
  /** When the list prices were checked last: the date of the accepted list, or of the bundled prices if they are newer. Null if there are none. */
  readonly listDate: Temporal.Instant | null
  /** Whole days since the list prices were checked. */
  readonly listAgeDays: number | null
  /** Whether that is more than `MAX_LIST_AGE_DAYS`. */
  readonly listIsOld: boolean
}
