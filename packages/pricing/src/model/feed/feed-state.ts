import type { Temporal } from '@tollgate/kernel'

/**
 * Results of a check of the feed.
 * - `current`: the latest list is there.
 * - `unreachable`: a file could not be fetched in time.
 * - `unreadable`: a file is not in the format of a feed.
 * - `bad_signature`: the manifest is not signed with a configured key.
 * - `bad_hash`: the list is not the one that the manifest names.
 * - `older`: a newer list is there already.
 */
export const FEED_STATES = ['current', 'unreachable', 'unreadable', 'bad_signature', 'bad_hash', 'older'] as const

/** Result of a check. */
export type FeedState = (typeof FEED_STATES)[number]

/** The last check of a feed. */
export interface FeedCheck {
  readonly url: string
  readonly checkedAt: Temporal.Instant
  readonly state: FeedState
  /** What is wrong, in a sentence. Null if the state is `current`. */
  readonly problem: string | null
  /** Names what the server last sent, for the next request. Null unless the state is `current`. */
  readonly etag: string | null
}

/** A feed cannot be used. Nothing changes. */
export class UnusableFeed extends Error {
  readonly state: Exclude<FeedState, 'current'>

  constructor(state: Exclude<FeedState, 'current'>, problem: string, options?: ErrorOptions) {
    super(problem, options)
    this.state = state
  }
}
