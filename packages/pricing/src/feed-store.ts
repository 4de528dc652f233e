import type { Temporal } from '@tollgate/kernel'
import type { FeedCheck } from './model/feed/feed-state.ts'
import type { FeedDecision, PriceChange } from './model/feed/price-change.ts'

/** What an installation knows about its price feed, shared by all its servers. For operators. */
export interface FeedStore {
  read(): Promise<FeedRecord>
  /** Returns the text of the accepted list. */
  list(): Promise<string | undefined>
  /** Accepts a list with the result of its check, unless one with this version or a later one is accepted. Returns whether it was accepted. */
  accept(feed: AcceptedFeed, list: string): Promise<boolean>
  /** Replaces the last check. */
  recordCheck(check: FeedCheck): Promise<void>
  /** Replaces the changes that wait for a decision. */
  recordPending(changes: readonly PriceChange[]): Promise<void>
  /** Records that unpriced events were rated with the release of list prices with this digest. */
  recordRated(digest: string): Promise<void>
  /** Adds decisions. Append-only: a later decision on a change supersedes earlier ones. */
  decide(decisions: readonly FeedDecision[]): Promise<void>
  /** Returns all decisions, oldest first. */
  decisions(): Promise<readonly FeedDecision[]>
}

/** The last accepted list. */
export interface AcceptedFeed {
  readonly version: number
  readonly date: Temporal.Instant
  readonly sha256: string
  readonly acceptedAt: Temporal.Instant
}

/** The state of a feed. */
export interface FeedRecord {
  readonly accepted: AcceptedFeed | null
  readonly lastCheck: FeedCheck | null
  readonly pending: readonly PriceChange[]
  /** Digest of the release with which unpriced events were rated last. Null before the first. */
  readonly ratedDigest: string | null
}
