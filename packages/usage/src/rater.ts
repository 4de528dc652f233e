import type { RateableEvent, Rating } from './event.ts'

/** Says what events cost. Given many at once, so that whoever implements it can look prices up together. */
export interface Rater {
  /** One rating for each event, in the same order. Called just before the commit, so a price published before is seen. */
  rate(events: readonly RateableEvent[]): Promise<readonly Rating[]>
}
