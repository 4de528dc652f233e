import type { RateableEvent, RaterResult } from './model/event.ts'

/** Determines the cost of events. Gets many at once, so that an implementation can look up prices together. */
export interface Rater {
  /** Returns one rating per event, in the same order. Called just before the commit, so that a price published earlier is used. */
  rate(events: readonly RateableEvent[]): Promise<readonly RaterResult[]>
}
